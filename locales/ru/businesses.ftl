businesses-partners = Партнёры
businesses-trade = Специальность
businesses-country = Страна (две буквы)
businesses-postal-code = Почтовый индекс
businesses-words = Слова
businesses-search = Найти
businesses-show-all = Показать всех
businesses-invite-them = Пригласить кого-нибудь в ваш круг
businesses-nobody-found = Никто не подходит. Попробуйте меньше слов или регион побольше.
businesses-more = Показать ещё
businesses-paused = сейчас не принимает рекомендации
businesses-regulated = регулируемая профессия
businesses-regulated-why = Представители этой профессии не вправе ни давать, ни принимать выгоду за рекомендацию. Они передают и получают рекомендации, как все, но без баллов и наград.
businesses-trades = Специальности
businesses-trades-how = От одной до пяти специальностей. Начните вводить название и выберите из списка; первая — основная.
businesses-main-trade = Основная специальность
businesses-further-trade = Ещё одна специальность
businesses-place = Место
businesses-regions = Где работаем
businesses-regions-how = Страна или страна и начало почтового индекса, через запятую: DE 10, DE 14, AT
businesses-regions-list = Регионы
businesses-description = О нас
businesses-ideal-referral = Какой рекомендации мы ждём
businesses-website = Сайт
businesses-phone = Телефон
businesses-tax-number = ИНН
businesses-tax-number-hint = Необязательно. Номер только сравнивается, он не хранится и не показывается: так никого не порекомендуют самому себе.
businesses-tax-number-stated = Номер указан. Он только сравнивается, показать его нельзя; введите другой, чтобы заменить.
businesses-tax-number-remove = Убрать указанный номер
businesses-edit = Изменить профиль
businesses-exclusions = Без обмена
businesses-exclusions-why = Это видите только вы. Исключённые компании просто не предлагаются, и выбрать их нельзя.
businesses-exclusions-none = Вы никого не исключаете. Это можно сделать на странице партнёра.
businesses-not-from = Не принимать рекомендации от этой компании
businesses-from-again = Снова принимать рекомендации от этой компании
businesses-not-to = Не передавать рекомендации этой компании
businesses-to-again = Снова передавать рекомендации этой компании
businesses-not-from-short = вы не принимаете рекомендации от этой компании
businesses-not-to-short = вы не передаёте рекомендации этой компании
businesses-settings = Наша компания
businesses-capacity = Приём рекомендаций
businesses-is-open = Вы принимаете рекомендации.
businesses-is-paused = Сейчас вы не принимаете рекомендации.
businesses-pause = Приостановить
businesses-resume = Снова принимать рекомендации
businesses-profile = Профиль
businesses-name = Название компании
businesses-city = Город
businesses-open-referrals-max = Не больше стольких открытых рекомендаций одновременно
businesses-commission-sentence = Фраза о комиссии
businesses-commission-sentence-why = Если вы платите за рекомендации, клиент узнаёт об этом из этой фразы в каждом знакомстве. Без неё в знакомстве сказано, что комиссию не получает никто.
businesses-save = Сохранить
businesses-customers = Наши клиенты
businesses-customers-why = Вставьте адреса электронной почты и телефоны ваших клиентов. Они сразу превращаются в хеши с ключом; сам список не хранится и не показывается. Так до передачи рекомендации можно ответить на вопрос «уже ваш клиент?».
businesses-customers-count =
    { $count ->
        [0] Пока ничего не сохранено.
        [one] Сохранён { $count } адрес или номер.
        [few] Сохранено { $count } адреса и номера.
       *[many] Сохранено { $count } адресов и номеров.
    }
businesses-customers-list = Адреса и телефоны, по одному в строке (не больше 5000)
businesses-customers-remember = Запомнить
businesses-customers-forget = Забыть всех
businesses-customers-forget-means = Это нельзя отменить: отпечатки будут удалены, и список придётся загрузить снова.
businesses-imported-added =
    { $count ->
        [0] Нового ничего не было.
        [one] Добавлена { $count } новая запись.
        [few] Добавлены { $count } новые записи.
       *[many] Добавлено { $count } новых записей.
    }
businesses-imported-known =
    { $count ->
        [one] { $count } запись уже была известна.
        [few] { $count } записи уже были известны.
       *[many] { $count } записей уже были известны.
    }
businesses-imported-unreadable =
    { $count ->
        [1] Одна запись — не адрес и не телефон. Её место в списке:
        [one] { $count } запись — не адреса и не телефоны. Их места в списке:
        [few] { $count } записи — не адреса и не телефоны. Их места в списке:
       *[many] { $count } записей — не адреса и не телефоны. Их места в списке:
    }
done-businesses-saved = Сохранено.
done-businesses-customers-forgotten = Все хеши клиентов удалены.
field-not-a-trade = Пожалуйста, выберите специальность из списка.
field-a-group-of-trades = Это группа: пожалуйста, выберите одну из её специальностей.
field-named-twice = Что-то названо дважды.
field-too-many = Слишком много.
field-not-a-website = Пожалуйста, напишите адрес целиком, например https://example.org.
field-regulated-trade = Регулируемая профессия не обещает выгоды за рекомендацию.
field-link-or-number = Здесь, пожалуйста, без ссылок, адресов и телефонов.
field-not-a-business = Пожалуйста, выберите другую компанию.
problem-not-your-business = Это другая компания: менять её могут только её сотрудники.
problem-trade-in-use = С одной из этих специальностей вы состоите в круге. Сначала выйдите из круга или оставьте специальность.
problem-commission-promised = Регулируемая профессия не обещает комиссии. Сначала очистите фразу о комиссии.
problem-too-many-customers = Больше клиентов запомнить нельзя.
businesses-own-profile = Наш профиль
businesses-pass-referral = Передать рекомендацию
businesses-no-ideal = Об этом пока ничего не сказано.
businesses-no-ideal-own = Расскажите, с кем вы хотели бы познакомиться: рекомендуют то, что узнают.
businesses-answers = Ответы на предложения
businesses-answers-within = Обычно отвечает за { $span }.
businesses-answers-accepted = Принимает { $percent }{"\u00A0"}% предложений.
businesses-answers-few = Если ответов меньше { $needed }, о привычках судить рано.
businesses-together = Общие круги
businesses-together-none = У вас нет общего круга, а рекомендации передают внутри кругов.
public-title = Публичная страница
public-explained = Страница о вашей компании, которую может прочитать любой без учётной записи: для визитки, машины, подписи в письмах.
public-is-on = включена
public-is-off = Ваша публичная страница выключена. Включить её может владелец компании.
public-link = Ваша ссылка
public-copy = Скопировать ссылку
public-copied = Скопировано
public-code = QR-код
public-card = Визитка (vCard)
public-code-told = QR-код, ведущий на публичную страницу: { $business }
public-what = На ней название, специальности, регионы, место, сайт и рекомендация, которой вы ждёте. Ни телефона, ни сведений о людях. Кто её читает, не записывается.
public-choose = Показать компанию
public-on = Показывать страницу всем, у кого есть ссылка
public-indexed = Разрешить поисковым системам
public-address-stays = Адрес один раз образуется из названия и больше не меняется, чтобы напечатанное продолжало работать. Выключенная страница выглядит так, будто её никогда не было.
businesses-country-short = Страна
