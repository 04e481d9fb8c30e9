reciprocity-standing = Ваш баланс
reciprocity-explained = Кто получил рекомендацию, тот должен баллы тому, кто её дал. Они возвращаются с рекомендациями, которые получаете вы, и часто не от того, кому вы дали.
reciprocity-no-circle = Вы ещё не состоите ни в одном круге. Баллы считаются внутри кругов.
reciprocity-to-circles = Найти круг
reciprocity-nothing-yet = Пока ничего не дано и не получено. Всё начинается с вашей первой рекомендации: баллы появятся, когда обе стороны будут представлены друг другу.
reciprocity-pass-referral = Передать рекомендацию
reciprocity-even = Баланс нулевой: вернулось столько же, сколько вы дали.
reciprocity-is-owed = Круг должен вам { $count ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }: пока вы дали больше, чем к вам вернулось.
reciprocity-owes = Вы должны кругу { $count ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }: пока вы получили больше, чем дали. Рекомендацию можно передать любому участнику.
reciprocity-given = Дано
reciprocity-received = Получено
reciprocity-pending-given = Ожидается за отданное
reciprocity-pending-received = Ожидается за полученное
reciprocity-by-partner = С кем
reciprocity-partner = Партнёр
reciprocity-last-transfers = Последние записи
reciprocity-older = Более ранние записи
reciprocity-you-gave = Вы дали рекомендацию ({ $partner }): { $count ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    } вам.
reciprocity-you-received = Вы получили рекомендацию ({ $partner }): { $count ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    } другой стороне.
reciprocity-took-back-given = Отменено: { $count ->
        [one] { $shown } балл, который был начислен
        [few] { $shown } балла, которые были начислены
       *[many] { $shown } баллов, которые были начислены
    } вам ({ $partner }).
reciprocity-took-back-received = Отменено: { $count ->
        [one] { $shown } балл, который был начислен
        [few] { $shown } балла, которые были начислены
       *[many] { $shown } баллов, которые были начислены
    } другой стороне ({ $partner }).
reciprocity-settled-owes = Зачтено в кольце: { $count ->
        [one] { $shown } балл, который были должны вы
        [few] { $shown } балла, которые были должны вы
       *[many] { $shown } баллов, которые были должны вы
    } ({ $partner }).
reciprocity-settled-owed = Зачтено в кольце: { $count ->
        [one] { $shown } балл, который были должны вам
        [few] { $shown } балла, которые были должны вам
       *[many] { $shown } баллов, которые были должны вам
    } ({ $partner }).
reciprocity-unsettled-owes = Взаимозачёт отменён: вы снова должны { $count ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    } ({ $partner }).
reciprocity-unsettled-owed = Взаимозачёт отменён: вам снова должны { $count ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    } ({ $partner }).
reciprocity-reason-introduced = Знакомство
reciprocity-reason-won = Сделка заключена
reciprocity-reason-third-win = Выигрыш третьей стороны
reciprocity-reason-correction = Исправление
reciprocity-reason-settlement = Взаимозачёт по кольцам
reciprocity-to-referral = к рекомендации
reciprocity-totals = Всего
reciprocity-total-credits = Баллов дано и получено
reciprocity-total-pending = Ожидается по принятым рекомендациям
reciprocity-total-givers = Участников, которые дали
reciprocity-total-receivers = Участников, которые получили
reciprocity-total-both = Участников, которые дали и получили
reciprocity-members = Участники
reciprocity-members-explained = Эту страницу видят только организаторы. Участник видит свой баланс и суммы выше. Отменённые баллы и зачтённые кольца не считаются данными или полученными. Последние два столбца показывают, что останется, когда замкнутся все кольца.
reciprocity-open-owed = Ещё причитается после колец
reciprocity-open-owes = Ещё должен после колец
reciprocity-ledger-empty = Пока ничего не начислено. Баллы появятся, когда первые двое будут представлены друг другу.
reciprocity-member = Участник
reciprocity-former-member = бывший участник
reciprocity-balance = Баланс
reciprocity-partners-given-to = Дал (участникам)
reciprocity-partners-received-from = Получил (от участников)
reciprocity-head = Печать книги
reciprocity-head-explained = Каждая запись содержит хеш предыдущей. Сохраните номер и хеш: по ним любой сможет позже доказать, что ничего не изменено.
reciprocity-head-seq = Последняя запись
reciprocity-head-hash = Хеш
reciprocity-private = Эту страницу видят только сотрудники вашей компании.
reciprocity-over-time = За двенадцать месяцев
reciprocity-months-told = Баллы по месяцам за двенадцать месяцев: отдано { $given }, над линией; получено { $received }, под ней. Числа — в таблице.
reciprocity-in-numbers = В числах
reciprocity-month = Месяц
reciprocity-still-owed = Ещё должны вам
reciprocity-still-owes = Ещё должны вы
reciprocity-to-rings = Все кольца с вашей компанией
