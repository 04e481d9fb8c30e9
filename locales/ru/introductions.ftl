# Слова согласия. Кто меняет текст до «Страницы получателя», повышает VERSION в wording.rs.
introductions-purpose = Познакомить одного человека с одной компанией письмом обоим
introductions-question = { $giver } ({ $giver_business }) предлагает познакомить вас с компанией «{ $receiver }». Речь о следующем: { $need }. Если вы согласны, «{ $receiver }» получит: { $shared }. Вы согласны?
introductions-consent = Да. { $giver } ({ $giver_business }) может познакомить меня с компанией «{ $receiver }». Речь о следующем: { $need }. Для этого «{ $receiver }» получит: { $shared }.
introductions-said-no = Нет, я не хочу этого знакомства.
introductions-said-not-now = Не сейчас.
introductions-said-never-again = Никогда больше. Я не хочу этого знакомства и не хочу, чтобы меня снова спрашивали.
introductions-said-taken-back = Я отменяю свой последний ответ.
introductions-said-withdrawn = Я отзываю своё согласие.
introductions-shared-name = имя
introductions-shared-company = название компании
introductions-shared-email = адрес электронной почты
introductions-shared-phone = номер телефона
introductions-and = и
# Страница получателя.
introductions-page-title = { $giver } предлагает познакомить вас с компанией «{ $receiver }»
introductions-page-hello = Здравствуйте, { $prospect }!
introductions-page-who = { $giver } ({ $giver_business }) предлагает познакомить вас с компанией «{ $receiver }», { $city }. Чтобы ответить, учётная запись не нужна.
introductions-page-need = Речь о следующем
introductions-page-words = { $giver } пишет вам
introductions-page-attested = { $giver } сообщает, что { $date } вы на это согласились ({ $how }), такими словами:
introductions-page-attested-ask = Подтвердите это, пожалуйста, или откажитесь.
introductions-page-shared = Если вы скажете «да» и компания «{ $receiver }» тоже согласится, она получит: { $shared }. В том же письме вы получите контакты другой стороны. До этого ничего не передаётся.
introductions-answer-legend = Ваш ответ
introductions-answer-required = Выберите, пожалуйста, один из ответов.
introductions-answer-send = Отправить ответ
introductions-answer-marked = Это вы выбрали в письме. Ответ засчитается, когда вы его отправите.
introductions-answer-until = Ответить можно до { $date }. Если ответа не будет, { $wiped } все данные о вас здесь будут удалены.
introductions-code-label = Код из четырёх цифр
introductions-code-why = Некоторые почтовые программы сами открывают ссылки и нажимают кнопки. Чтобы машина не согласилась за вас, введите код из письма или сообщения с этой ссылкой. Чтобы отказаться, код не нужен.
introductions-code-wrong = Это не тот код. Посмотрите, пожалуйста, ещё раз.
introductions-code-locked = Код слишком часто вводили неверно, поэтому «да» на этой странице больше не принимается. Отказаться по-прежнему можно. Если вы согласны, напишите, пожалуйста: { $giver }.
introductions-trap-field = Оставьте это поле пустым
introductions-trap-button = Только для машин: не нажимать
introductions-data-title = О ваших данных
introductions-data-source = Откуда они
introductions-data-source-is = Ваше имя и способ связи указал рекомендующий: { $giver }, { $giver_business }.
introductions-data-purpose = Для чего они
introductions-data-purpose-is = Только чтобы задать вам этот один вопрос и, если вы согласитесь, познакомить вас с компанией «{ $receiver }». Это законно, потому что мы спрашиваем до передачи данных, а после неё — потому что вы согласились.
introductions-data-recipient = Кто их получит
introductions-data-recipient-is = «{ $receiver }», и только с вашего согласия: { $shared }. { $giver } узнает, состоялось ли знакомство. Больше никто.
introductions-data-retention = Сколько они хранятся
introductions-data-retention-is = { $days ->
    [one] Если знакомство не состоится, они будут удалены через { $days } день.
    [few] Если знакомство не состоится, они будут удалены через { $days } дня.
   *[other] Если знакомство не состоится, они будут удалены через { $days } дней.
} Останется запись о том, что вас спросили и что вы ответили, и отпечаток вашего адреса, чтобы мы могли соблюдать ваш ответ.
introductions-data-rights = Ваши права
introductions-data-rights-is = Вы можете узнать, что о вас хранится, исправить или удалить это, возразить против использования, в любое время отозвать согласие на этой странице и пожаловаться в орган по защите данных.
introductions-data-responsible = Кто отвечает
introductions-data-responsible-is = { $giver_business } и оператор этого сервера: { $address }
introductions-data-commission = Комиссия
introductions-no-commission = Никто не получает за это комиссию.
introductions-state-title = Ваш ответ: знакомство с компанией «{ $receiver }»
introductions-state-waiting = { $date } вы сказали «да». Согласия компании «{ $receiver }» пока нет. Как только оно будет, обе стороны получат письмо с контактами друг друга. До этого ничего не передаётся.
introductions-state-agreed = { $date } вы сказали «да», и компания «{ $receiver }» тоже дала согласие. Вас познакомят в { $time }.
introductions-state-made = { $date } вы сказали «да», и вас познакомили с компанией «{ $receiver }».
introductions-state-no = { $date } вы сказали «нет». Ничего не передаётся.
introductions-state-not-now = { $date } вы сказали «не сейчас». Ничего не передаётся.
introductions-state-never-again = { $date } вы сказали, что больше никогда не хотите таких вопросов. Ничего не передаётся, и писем на ваш адрес отсюда больше не будет.
introductions-state-closed = Знакомство не состоится по причинам, не связанным с вами. Ничего не было передано.
introductions-state-withdrawn = { $date } вы отозвали согласие. Ваши данные здесь удалены.
introductions-state-withdrawn-made = { $date } вы отозвали согласие. Ваши данные здесь удалены, и «{ $receiver }» видит, что согласие отозвано.
introductions-undo = Отменить ответ
introductions-undo-until = Ошиблись? До { $time } ответ можно отменить.
introductions-withdraw-title = Передумали?
introductions-withdraw-words = Согласие можно отозвать в любое время. Тогда ваши данные здесь сразу удаляются. То, что передано раньше, передано законно.
introductions-withdraw = Отозвать согласие
introductions-gone = Она неверна, или её время прошло. Если кто-то захочет познакомить вас с компанией, вы получите новую ссылку.
# Страница отказа от писем.
introductions-stop-title = Больше никаких писем
introductions-stop-words = Здесь вы отказываетесь от писем этого сервера на ваш адрес. Знакомство, которое ждёт вашего ответа, будет при этом отклонено.
introductions-stop-everything = Никогда больше не писать
introductions-stop-circle = Больше ничего из круга «{ $circle }»
introductions-stopped = Готово. Таких писем на ваш адрес больше не будет.
introductions-stop-undo = Снова разрешить письма
introductions-stop-undone = Письма на ваш адрес снова разрешены.
# Готовый текст для рекомендующего.
introductions-share-text =
    Здравствуйте, { $prospect }!

    Хочу познакомить вас с компанией «{ $receiver }». Речь о следующем: { $need }

    Да или нет? Ответить можно здесь, без регистрации: { $link }

    Если страница спросит код: { $code }

    { $giver }, { $giver_business }
# Запись о согласии.
introductions-record-title = Запись о согласии
introductions-record-of = Запись по рекомендации
introductions-record-back = К рекомендации
introductions-record-words = Что человека спросили и что он ответил, строка за строкой. Здесь ничего нельзя изменить или удалить.
introductions-record-none = Пока никого не спрашивали.
introductions-record-person = Человек (отпечаток адреса)
introductions-record-receiver = Названный получатель
introductions-record-version = Версия и язык
introductions-record-channel = Способ
introductions-record-witness = Кем записано
introductions-record-given = сказано { $date }
introductions-record-purpose = Цель
introductions-kind-asked = вопрос задан
introductions-kind-attested = засвидетельствовано
introductions-kind-given = согласие
introductions-kind-confirmed = подтверждено
introductions-kind-refused = отказ
introductions-kind-not-now = не сейчас
introductions-kind-withdrawn = отозвано
introductions-kind-taken-back = ответ отменён
introductions-channel-page = на странице
introductions-channel-mail = письмо этого сервера
introductions-channel-link = личная ссылка
introductions-channel-in-person = лично
introductions-channel-phone = по телефону
introductions-channel-writing = письменно
introductions-channel-one-click = кнопка отписки почтовой программы
introductions-channel-email = по электронной почте
introductions-channel-message = сообщением
field-path-not-allowed = Круг не разрешает такой способ связи с этим человеком.
field-not-a-personal-way = Выберите, пожалуйста, как человек это сказал.
field-in-the-future = Это время ещё не наступило.
problem-prospect-not-available = Сейчас этого человека спросить нельзя.
problem-undo-too-late = Отменить уже нельзя: ответ вступил в силу.
problem-no-consent = Нет согласия, которое можно было бы отозвать.
