skip-to-content = Перейти к содержанию
footer-line = Kularing: то, что вы даёте, возвращается, часто через третьего.
navigation = Главное меню
nav-home = Главная
nav-referrals = Рекомендации
nav-circles = Круги
nav-partners = Партнёры
nav-standing = Баланс
nav-settings = Настройки
own-menu = Ваше меню: { $name }
own-business = Ваша компания
owners-do-this = Изменить это или принять решение может только владелец вашей компании.
steps = Шаги
busy = Секунду …
close = Закрыть
undo = Отменить
sign-in = Войти
sign-out = Выйти
register = Зарегистрироваться
field-changed-meanwhile = Пока вы писали, кто-то это изменил. Написанное вами стоит ниже: сохраните ещё раз, и оно заменит чужой вариант.
form-has-errors = Проверьте, пожалуйста, отмеченные поля.
field-required = Заполните, пожалуйста, это поле.
field-too-long = Слишком длинно.
field-control-characters = Управляющие символы здесь недопустимы.
field-mixed-scripts = В одном слове смешаны буквы разных алфавитов.
field-no-letters = В имени нужна хотя бы одна буква.
field-not-an-email-address = Это не адрес электронной почты.
field-not-a-phone-number = Напишите номер с кодом страны, например +49 30 123456.
field-not-a-tax-number = Напишите номер с буквами страны, например RU7707083893.
field-not-a-country = Напишите страну двумя буквами, например DE.
field-not-a-postal-code = Это не почтовый индекс.
field-not-an-amount = Напишите сумму, например 1250 или 1250,50.
field-not-a-currency = Напишите валюту тремя буквами, например EUR.
field-amount-out-of-range = Сумма отрицательна или слишком велика.
field-out-of-range = Значение вне допустимых пределов.
field-wrong-shape = Это значение использовать нельзя.
language-choice = Язык
problem-title = Не получилось
problem-not-found-title = Здесь ничего нет
problem-not-found = Адрес неверен, или вам нельзя видеть то, что за ним.
problem-forbidden = У вас нет прав на это действие.
problem-conflict = Сейчас это невозможно. Возможно, кто-то успел раньше: вернитесь и посмотрите ещё раз.
problem-in-progress = Это уже отправлено и ещё обрабатывается. Посмотрите на результат чуть позже.
problem-busy = Сервер занят. Попробуйте, пожалуйста, чуть позже; ничего не потеряно.
problem-too-many = Слишком часто. Подождите немного и попробуйте снова.
problem-internal = У нас что-то пошло не так. Ошибка записана в журнал.
problem-invalid = Что-то в форме использовать нельзя.
problem-number = Номер этого запроса: { $id }
problem-back = Вернуться на предыдущую страницу
since = с { $when }
left-none = просрочено
left-minutes = осталось { $count } мин
left-hours = осталось { $count } ч
left-days =
    { $count ->
        [one] остался { $count } день
        [few] осталось { $count } дня
       *[many] осталось { $count } дней
    }
draft-found = Вы начали здесь писать и не отправили.
draft-take = Продолжить
draft-drop = Удалить
unsent = Не отправлено: нет соединения. Попробуйте ещё раз.
copy = Скопировать
copied = Скопировано
span-minutes = { $count ->
        [one] { $count } минуту
        [few] { $count } минуты
       *[other] { $count } минут
    }
span-hours = { $count ->
        [one] { $count } час
        [few] { $count } часа
       *[other] { $count } часов
    }
span-days = { $count ->
        [one] { $count } день
        [few] { $count } дня
       *[other] { $count } дней
    }
# Pages for people who come by a link.
page-languages = Эта страница на другом языке
link-gone-title = Эта ссылка никуда не ведёт
