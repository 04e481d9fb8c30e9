suggestions-reason-closes-ring = замыкает { $ring }
suggestions-reason-closes-more = позволяет большему вернуться по кольцам
suggestions-reason-is-owed-most = ему должны больше всех
suggestions-reason-is-its-turn = его очередь
suggestions-reason-often-wins = большинство рекомендаций приводит к сделке
suggestions-reason-fits-well = указывает эту специальность и это место
suggestions-reason-neighbouring-trade = работает по смежной специальности
suggestions-reason-has-room = есть свободные места
suggestions-reason-none = можно спросить
suggestions-answers-in-minutes = отвечает за { $count } мин
suggestions-answers-in-hours = отвечает за { $count } ч
suggestions-title = Кому передать эту рекомендацию?
suggestions-button = Подсказать партнёров
suggestions-best = Лучшая подсказка
suggestions-marked = Отмеченный выше
suggestions-nobody = Никто из тех, кого можно спросить, там этим не занимается. Вы можете выбрать получателя сами.
suggestions-order = { $count ->
        [1] Можно спросить одного партнёра.
        [one] Можно спросить { $count } партнёра; сначала пять лучших.
       *[other] Можно спросить { $count } партнёров; сначала пять лучших.
    }
suggestions-why = Почему
suggestions-left-out = { $count ->
        [one] Не предлагается { $count } партнёр
        [few] Не предлагаются { $count } партнёра
       *[other] Не предлагается { $count } партнёров
    }
suggestions-out-paused = Сейчас не принимают рекомендаций
suggestions-out-at-capacity = Больше открытых рекомендаций принять не могут
suggestions-out-excluded = Не обмениваются с вами рекомендациями
suggestions-out-asked-already = Их уже спрашивали
suggestions-out-is-party = Связаны с клиентом
suggestions-out-trade-not-served = Занимаются другим
suggestions-out-region-not-served = Там не работают
suggestions-out-linked-to-giver = Имеют тот же номер телефона или ИНН, что и вы
suggestions-part-fit = Специальность и место
suggestions-part-conversion = Сделки по рекомендациям
suggestions-part-response = Быстрые ответы
suggestions-part-load = Свободные места
suggestions-part-ring = Кольца, которые замыкаются
suggestions-part-evenness = Ему должны больше, чем вам
suggestions-part-turn = Очерёдность
suggestions-level-0 = нет
suggestions-level-1 = мало
suggestions-level-2 = немного
suggestions-level-3 = много
suggestions-level-4 = очень много
field-nobody-fits = Никто из тех, кого можно спросить, там этим не занимается. Выберите получателя сами.
suggestions-why-chosen = Почему { $receiver }
suggestions-rank = Место { $rank } из { $count }, кого тогда можно было спросить.
suggestions-out-pair-full = В этом месяце получили от вас столько, сколько допускает круг
