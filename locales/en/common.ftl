skip-to-content = Skip to the content
footer-line = Kularing: what you give comes back, often through a third.
navigation = Main
nav-home = Home
nav-referrals = Referrals
nav-circles = Circles
nav-partners = Partners
nav-standing = Standing
nav-settings = Settings
own-menu = Your menu: { $name }
own-business = Your business
owners-do-this = Only an owner of your business can change this or decide about it.
steps = Steps
busy = One moment …
close = Close
undo = Undo
sign-in = Sign in
sign-out = Sign out
register = Register
field-changed-meanwhile = Somebody changed this while you were typing. What you typed stands below: save it again to put it in place of theirs.
form-has-errors = Please look at the marked fields.
field-required = Please fill this in.
field-too-long = This is too long.
field-control-characters = Control characters are not allowed here.
field-mixed-scripts = One word mixes letters of different scripts.
field-no-letters = A name needs at least one letter.
field-not-an-email-address = This is not an e-mail address.
field-not-a-phone-number = Please write the number with its country code, such as +49 30 123456.
field-not-a-tax-number = Please write the number with the letters of its country, such as DE123456789.
field-not-a-country = Please write the country with two letters, such as DE.
field-not-a-postal-code = This is not a postal code.
field-not-an-amount = Please write an amount such as 1250 or 1250.50.
field-not-a-currency = Please write the currency with three letters, such as EUR.
field-amount-out-of-range = This amount is negative or too large.
field-out-of-range = This value lies outside what is possible.
field-wrong-shape = This value cannot be used.
language-choice = Language
problem-title = That did not work
problem-not-found-title = There is nothing here
problem-not-found = The address is wrong, or you may not see what is behind it.
problem-forbidden = You may not do this.
problem-conflict = This is not possible now. Perhaps somebody else was faster: go back and look again.
problem-in-progress = This was sent before and is still being worked on. Please look at the result in a moment.
problem-busy = The server is busy. Please try again in a moment; nothing was lost.
problem-too-many = That was a bit too often. Please wait a while and try again.
problem-internal = Something went wrong on our side. It has been logged.
problem-invalid = Something in the form cannot be used.
problem-number = Number of this request: { $id }
problem-back = Back to where you were
since = since { $when }
left-none = overdue
left-minutes = { $count } min left
left-hours = { $count } h left
left-days =
    { $count ->
        [one] { $count } day left
       *[other] { $count } days left
    }
draft-found = You began to write this here and did not send it.
draft-take = Go on with it
draft-drop = Drop it
unsent = That was not sent: there is no connection. Please try again.
copy = Copy
copied = Copied
span-minutes = { $count ->
        [one] one minute
       *[other] { $count } minutes
    }
span-hours = { $count ->
        [one] one hour
       *[other] { $count } hours
    }
span-days = { $count ->
        [one] one day
       *[other] { $count } days
    }
# Pages for people who come by a link.
page-languages = This page in another language
link-gone-title = This link leads nowhere
