mail-via = { $name } через Kularing
mail-greeting = Здравствуйте!
mail-greeting-name = Здравствуйте, { $greeted }!
mail-footer-account = Kularing · Вы получили это письмо, потому что ваш адрес указали на странице Kularing.
mail-footer-partner = Kularing · Вы получили это письмо, потому что ваша компания состоит в круге.
mail-footer-prospect = Это письмо отправлено через Kularing по поручению: { $giver_name }, { $giver_business }.

mail-label-need = О чём речь
mail-label-trade = Специальность
mail-label-region = Регион
mail-label-worth = Стоимость
mail-label-effort = Усилия рекомендующего
mail-label-expectation = Ожидание
mail-label-first-contact = Первый контакт
mail-label-answer-by = Просим ответить до
mail-label-circle = Круг
mail-label-circle-kind = Вид
mail-label-business = Компания
mail-label-giver = Рекомендующий
mail-label-receiver = Получатель
mail-label-prospect = Клиент
mail-label-email = Эл. почта
mail-label-phone = Телефон
mail-label-attested-how = Как вы дали согласие
mail-label-attested-when = Когда
mail-note = Примечание:
mail-referral-button = Посмотреть рекомендацию
mail-stop-reminders = Больше не присылать напоминаний

mail-circle-kind-value-chain = Цепочка создания ценности
mail-circle-kind-networking = Деловой круг
mail-contact-by-giver = рекомендующий знакомит обе стороны
mail-contact-by-receiver = связывается получатель
mail-contact-by-prospect = связывается клиент
mail-contact-within = { $contact_within_hours ->
    [one] в течение { $contact_within_hours } часа
    [few] в течение { $contact_within_hours } часов
    [many] в течение { $contact_within_hours } часов
   *[other] в течение { $contact_within_hours } часа
}

mail-attested-how-in-person = лично
mail-attested-how-phone = по телефону
mail-attested-how-writing = письменно
mail-attested-how-email = по эл. почте
mail-attested-how-message = сообщением

mail-confirm-address-subject = Подтвердите ваш адрес
mail-confirm-address-words = Вы зарегистрировались в Kularing с этим адресом. Пожалуйста, подтвердите, что он принадлежит вам.
mail-confirm-address-button = Подтвердить адрес
mail-confirm-address-small = Ссылка действует 30 минут. Если это были не вы, просто не обращайте внимания на это письмо: без подтверждения ничего не произойдёт.

mail-already-registered-subject = У вас уже есть учётная запись
mail-already-registered-words = Кто-то, вероятно вы, зарегистрировался в Kularing с этим адресом. Учётная запись с ним уже существует, вторая не создана.
mail-already-registered-button = Войти
mail-already-registered-reset = Я не помню пароль
mail-already-registered-small = Если это были не вы, ничего делать не нужно.

mail-reset-password-subject = Новый пароль
mail-reset-password-words = Кто-то, вероятно вы, запросил новый пароль для вашей учётной записи.
mail-reset-password-button = Задать новый пароль
mail-reset-password-small = Ссылка действует 30 минут и только один раз. Если это были не вы, просто не обращайте внимания на это письмо: пароль останется прежним.

mail-password-changed-subject = Ваш пароль изменён
mail-password-changed-words = Пароль вашей учётной записи был изменён.
mail-password-changed-at = Когда
mail-password-changed-small = Если это сделали вы, ничего делать не нужно. Если нет, немедленно запросите новый пароль на странице входа и сообщите об этом в своей компании.

mail-colleague-invitation-subject = { $inviter_name } приглашает вас в компанию { $business_name }
mail-colleague-invitation-words = { $inviter_name } приглашает вас работать в Kularing от имени компании { $business_name }.
mail-colleague-invitation-button = Принять приглашение
mail-colleague-invitation-small = Если имя { $inviter_name } вам незнакомо, просто не обращайте внимания на это письмо: без вас ничего не произойдёт.

mail-circle-invitation-subject = { $inviter_name } приглашает вас в круг { $circle_name }
mail-circle-invitation-words = { $inviter_name }, { $business_name }, приглашает вашу компанию в круг, участники которого дают друг другу рекомендации.
mail-circle-invitation-quote = { $inviter_name } пишет:
mail-circle-invitation-button = Посмотреть приглашение
mail-circle-invitation-small = Переход по ссылке ничего не решает. Если вы не хотите вступать, ничего делать не нужно.

mail-member-applied-subject = { $business_name } хочет вступить в круг { $circle_name }
mail-member-applied-words = Компания подала заявку на вступление в круг «{ $circle_name }». Решение принимаете вы как организатор.
mail-member-applied-quote = { $business_name } пишет:
mail-member-applied-button = Рассмотреть заявку
mail-member-button = Перейти к кругу
mail-member-admitted-subject = Добро пожаловать в круг { $circle_name }
mail-member-admitted-words = Компания { $business_name } теперь участник круга «{ $circle_name }». Вы можете давать рекомендации его участникам и получать их.
mail-member-refused-subject = Ваша заявка в круг { $circle_name }
mail-member-refused-words = Организаторы круга «{ $circle_name }» не приняли заявку компании { $business_name }.
mail-member-waiting-subject = Вы в списке ожидания круга { $circle_name }
mail-member-waiting-words = Место для вашей специальности в круге «{ $circle_name }» занято. Компания { $business_name } внесена в список ожидания и узнает, когда место освободится.
mail-member-left-subject = { $business_name } больше не состоит в круге { $circle_name }
mail-member-left-words = Компания { $business_name } больше не участник круга «{ $circle_name }». Уже принятые рекомендации остаются видны обеим сторонам.
mail-circle-handed-over-subject = Теперь вы организатор круга { $circle_name }
mail-circle-handed-over-words = Круг «{ $circle_name }» передан компании { $business_name }. Теперь вы принимаете участников и рассматриваете возражения.

mail-rings-settled-subject = Взаимозачёт по кольцам: { $circle_name }
mail-rings-settled = В круге «{ $circle_name }» организатор провёл взаимозачёт: { $rings ->
    [one] { $rings } кольцо
    [few] { $rings } кольца
   *[many] { $rings } колец
}, всего { $total ->
    [one] закрыт { $total } балл.
    [few] закрыто { $total } балла.
   *[many] закрыто { $total } баллов.
}
mail-rings-settled-own = { $closed ->
    [0] Компания { $business_name } в этом не участвовала.
    [one] Участвовала и компания { $business_name }: закрыт { $closed } балл, который она была должна, и столько же, сколько были должны ей.
    [few] Участвовала и компания { $business_name }: закрыты { $closed } балла, которые она была должна, и столько же, сколько были должны ей.
   *[many] Участвовала и компания { $business_name }: закрыто { $closed } баллов, которые она была должна, и столько же, сколько были должны ей.
}
mail-rings-undone-subject = Взаимозачёт отменён: { $circle_name }
mail-rings-undone = В круге «{ $circle_name }» организатор отменил взаимозачёт: { $rings ->
    [one] { $rings } кольцо
    [few] { $rings } кольца
   *[many] { $rings } колец
}, всего { $total ->
    [one] снова открыт { $total } балл.
    [few] снова открыто { $total } балла.
   *[many] снова открыто { $total } баллов.
}
mail-rings-undone-own = { $closed ->
    [0] Компания { $business_name } в этом не участвовала.
    [one] Участвовала и компания { $business_name }: снова открыт { $closed } балл, который она должна, и столько же, сколько должны ей.
    [few] Участвовала и компания { $business_name }: снова открыты { $closed } балла, которые она должна, и столько же, сколько должны ей.
   *[many] Участвовала и компания { $business_name }: снова открыто { $closed } баллов, которые она должна, и столько же, сколько должны ей.
}
mail-rings-balance = Ваш баланс остался точно таким же.
mail-rings-button = Посмотреть, как возвращается отданное

mail-trust-case-subject = В круге { $circle_name } есть на что взглянуть
mail-trust-case-words = В круге «{ $circle_name }» несколько компаний передают друг другу больше рекомендаций, чем объясняет случай, а из клиентов мало кто ответил сам.
mail-trust-case-reasons = Часто на это есть хорошие причины. Судить может только тот, кто знает этих людей: посмотрите, что было подсчитано, и решите, что с этим делать.
mail-trust-case-members = Компании
mail-trust-case-referrals = Рекомендации между ними
mail-trust-case-confirmed = Клиенты, которые ответили сами
mail-trust-case-button = Посмотреть, что подсчитано
mail-trust-case-small = Само по себе ничего не произойдёт, и участникам об этом не сообщают. Это письмо приходит один раз.

mail-offer-subject = Рекомендация от { $giver_business }: { $trade }
mail-offer-words = { $giver_name }, { $giver_business }, предлагает вам рекомендацию в круге «{ $circle_name }».
mail-offer-reminder-subject = Ждём вашего ответа: рекомендация от { $giver_business }
mail-offer-reminder-words = { $giver_name }, { $giver_business }, ждёт вашего ответа на рекомендацию в круге «{ $circle_name }».
mail-offer-button = Ответить
mail-offer-look = Посмотреть после входа
mail-offer-small = Переход по ссылке ничего не решает. Контактные данные вы увидите, как только согласитесь и вы, и клиент.

mail-giver-news-accepted-subject = { $receiver_business } принимает вашу рекомендацию
mail-giver-news-accepted = Компания { $receiver_business } приняла вашу рекомендацию. Знакомство состоится, как только согласится и клиент.
mail-giver-news-declined-subject = { $receiver_business } отклоняет вашу рекомендацию
mail-giver-news-declined = Компания { $receiver_business } не может взять вашу рекомендацию. Вы можете передать её кому-то другому.
mail-giver-news-expired-subject = Нет ответа от { $receiver_business }
mail-giver-news-expired = Компания { $receiver_business } не ответила на вашу рекомендацию вовремя. Вы можете передать её кому-то другому.
mail-giver-news-introduced-subject = Знакомство состоялось: { $receiver_business }
mail-giver-news-introduced = Обе стороны согласились: клиент и компания { $receiver_business } представлены друг другу.
mail-giver-news-contacted-subject = Первый контакт состоялся: { $receiver_business }
mail-giver-news-contacted = Компания { $receiver_business } связалась с клиентом из вашей рекомендации.
mail-giver-news-quoted-subject = { $receiver_business }: есть коммерческое предложение
mail-giver-news-quoted = Компания { $receiver_business } отправила клиенту из вашей рекомендации коммерческое предложение.
mail-giver-news-won-subject = Ваша рекомендация принесла сделку: { $receiver_business }
mail-giver-news-won = Компания { $receiver_business } заключила сделку с клиентом из вашей рекомендации. Спасибо!
mail-giver-news-lost-subject = Сделка по вашей рекомендации не состоялась: { $receiver_business }
mail-giver-news-lost = Компания { $receiver_business } сообщает, что сделка по вашей рекомендации не состоялась.
mail-giver-news-closed-subject = Ваша рекомендация закрыта
mail-giver-news-closed = Ваша рекомендация закрыта без знакомства.

mail-receiver-news-withdrawn-subject = { $giver_business }: рекомендация отозвана
mail-receiver-news-withdrawn = Компания { $giver_business } отозвала рекомендацию, которую вы приняли.
mail-receiver-news-refused-subject = Клиент не хочет знакомства
mail-receiver-news-refused = Клиент из рекомендации компании { $giver_business } не хочет знакомства. Рекомендация закрыта.
mail-receiver-news-not-now-subject = Клиент отвечает: не сейчас
mail-receiver-news-not-now = Клиент из рекомендации компании { $giver_business } сейчас не готов к знакомству. Рекомендация закрыта.
mail-receiver-news-no-answer-subject = Клиент не ответил
mail-receiver-news-no-answer = Клиент из рекомендации компании { $giver_business } не ответил вовремя. Рекомендация закрыта.

mail-contact-reminder-subject = Пора связаться: { $prospect_name }
mail-contact-reminder-words = Вас познакомили ({ $prospect_name }), и согласованное время для первого контакта истекло. Пожалуйста, свяжитесь и отметьте это: рекомендующий ждёт новостей.
mail-contact-reminder-button = Отметить контакт
mail-nudge-subject = Что стало с рекомендацией от { $giver_business }?
mail-nudge-words = { $days ->
    [one] По рекомендации от { $giver_business } уже { $days } день нет новостей. Что из неё вышло?
    [few] По рекомендации от { $giver_business } уже { $days } дня нет новостей. Что из неё вышло?
    [many] По рекомендации от { $giver_business } уже { $days } дней нет новостей. Что из неё вышло?
   *[other] По рекомендации от { $giver_business } уже { $days } дня нет новостей. Что из неё вышло?
}
mail-nudge-button = Рассказать, что вышло

mail-dispute-opened-subject = { $receiver_business } оспаривает рекомендацию
mail-dispute-opened = Компания { $receiver_business } оспаривает рекомендацию компании { $giver_business }. Решение принимает организатор круга.
mail-dispute-upheld-subject = Возражение принято
mail-dispute-upheld = Организатор решил, что рекомендация компании { $giver_business } для { $receiver_business } недействительна. Начисленные за неё баллы отменены.
mail-dispute-rejected-subject = Возражение отклонено
mail-dispute-rejected = Организатор решил, что рекомендация компании { $giver_business } для { $receiver_business } остаётся в силе.

mail-introduction-subject = { $giver_name } хочет познакомить вас с компанией { $receiver_business }
mail-introduction-words = { $giver_name }, { $giver_business }, хочет познакомить вас с компанией { $receiver_business } и спрашивает, согласны ли вы.
mail-introduction-attested-words = { $giver_name }, { $giver_business }, сообщает, что вы согласились на знакомство с компанией { $receiver_business }. Пожалуйста, подтвердите это или откажитесь.
mail-introduction-quote = { $giver_name } пишет:
mail-introduction-choice = На странице по этой ссылке вы можете ответить «да», «нет», «не сейчас» или «никогда больше». Переход по ней ничего не решает, учётная запись не нужна.
mail-introduction-button = Ответить
mail-introduction-code = Если страница попросит код, введите { $code }.
mail-no-commission = Никто не получает за это комиссию.
mail-introduction-data = О ваших данных
mail-introduction-source = Откуда они: ваше имя и ваш адрес указал рекомендующий ({ $giver_name }, { $giver_business }).
mail-introduction-purpose = Для чего они: только чтобы задать вам этот один вопрос и, если вы согласитесь, познакомить вас с компанией { $receiver_business }.
mail-introduction-shared = Кто их получит: компания { $receiver_business }, и только если вы согласитесь. Будут переданы: { $shared }.
mail-introduction-retention = { $retention_days ->
    [one] Как долго они хранятся: если вы не ответите, они будут удалены через { $retention_days } день.
    [few] Как долго они хранятся: если вы не ответите, они будут удалены через { $retention_days } дня.
    [many] Как долго они хранятся: если вы не ответите, они будут удалены через { $retention_days } дней.
   *[other] Как долго они хранятся: если вы не ответите, они будут удалены через { $retention_days } дня.
}
mail-introduction-rights = Ваши права: вы можете узнать, какие данные о вас хранятся, исправить или удалить их, возразить против их использования, в любое время отозвать согласие на будущее и подать жалобу в орган по защите данных. Ответ на это письмо получит { $giver_name }.
mail-introduction-stop = Больше никогда мне не писать

mail-three-way-subject = Знакомство: { $prospect_name } и { $receiver_business }
mail-three-way-greeting = Здравствуйте, { $prospect_name }! Здравствуйте, { $receiver_name }!
mail-three-way-words = Вы оба согласились на знакомство. Вас познакомил рекомендующий: { $giver_name }, { $giver_business }.
mail-three-way-receiver = { $receiver_name }, { $receiver_business }
mail-three-way-reply = Ответ на это письмо получите вы оба.
