mail-via = { $name } via Kularing
mail-greeting = Hello,
mail-greeting-name = Hello { $greeted },
mail-footer-account = Kularing · This mail was sent because your address was entered on a page of Kularing.
mail-footer-partner = Kularing · You receive this mail because your business belongs to a circle.
mail-footer-prospect = This mail was sent through Kularing on behalf of { $giver_name }, { $giver_business }.

mail-label-need = What it is about
mail-label-trade = Trade
mail-label-region = Region
mail-label-worth = Worth
mail-label-effort = Giver’s effort
mail-label-expectation = Expectation
mail-label-first-contact = First contact
mail-label-answer-by = Please answer by
mail-label-circle = Circle
mail-label-circle-kind = Kind
mail-label-business = Business
mail-label-giver = Giver
mail-label-receiver = Receiver
mail-label-prospect = Prospect
mail-label-email = E-mail
mail-label-phone = Phone
mail-label-attested-how = How you agreed
mail-label-attested-when = When
mail-note = The note on it:
mail-referral-button = Look at the referral
mail-stop-reminders = No more reminders

mail-circle-kind-value-chain = Value chain
mail-circle-kind-networking = Networking circle
mail-contact-by-giver = the giver brings both together
mail-contact-by-receiver = the receiver gets in touch
mail-contact-by-prospect = the prospect gets in touch
mail-contact-within = { $contact_within_hours ->
    [one] within { $contact_within_hours } hour
   *[other] within { $contact_within_hours } hours
}

mail-attested-how-in-person = in person
mail-attested-how-phone = by phone
mail-attested-how-writing = in writing
mail-attested-how-email = by e-mail
mail-attested-how-message = by message

mail-confirm-address-subject = Please confirm your address
mail-confirm-address-words = You registered with Kularing under this address. Please confirm that it is yours.
mail-confirm-address-button = Confirm the address
mail-confirm-address-small = The link works for 30 minutes. If it was not you, ignore this mail: without the confirmation nothing happens.

mail-already-registered-subject = You already have an account
mail-already-registered-words = Somebody, probably you, registered with Kularing under this address. There is an account with it already, so no second one was made.
mail-already-registered-button = Sign in
mail-already-registered-reset = I forgot my password
mail-already-registered-small = If it was not you, there is nothing to do.

mail-reset-password-subject = Set a new password
mail-reset-password-words = Somebody, probably you, asked for a new password for your account.
mail-reset-password-button = Set a new password
mail-reset-password-small = The link works for 30 minutes and only once. If it was not you, ignore this mail: your password stays as it is.

mail-password-changed-subject = Your password was changed
mail-password-changed-words = The password of your account was changed.
mail-password-changed-at = When
mail-password-changed-small = If it was you, there is nothing to do. If not, ask for a new password on the sign-in page at once and tell the people of your business.

mail-colleague-invitation-subject = { $inviter_name } invites you to { $business_name }
mail-colleague-invitation-words = { $inviter_name } invites you to work for { $business_name } on Kularing.
mail-colleague-invitation-button = Accept the invitation
mail-colleague-invitation-small = If you do not know { $inviter_name }, ignore this mail: nothing happens without you.

mail-circle-invitation-subject = { $inviter_name } invites you to the circle { $circle_name }
mail-circle-invitation-words = { $inviter_name } of { $business_name } invites your business to a circle whose members pass referrals to each other.
mail-circle-invitation-quote = { $inviter_name } writes:
mail-circle-invitation-button = Look at the invitation
mail-circle-invitation-small = Opening the link decides nothing. If you do not want to join, you need not do anything.

mail-member-applied-subject = { $business_name } would like to join { $circle_name }
mail-member-applied-words = A business applies for membership in the circle “{ $circle_name }”. You decide as its organiser.
mail-member-applied-quote = { $business_name } writes:
mail-member-applied-button = Decide on the application
mail-member-button = Go to the circle
mail-member-admitted-subject = Welcome to { $circle_name }
mail-member-admitted-words = { $business_name } is now a member of the circle “{ $circle_name }”. You can pass referrals to its members and receive theirs.
mail-member-refused-subject = Your application to { $circle_name }
mail-member-refused-words = The organisers of the circle “{ $circle_name }” did not accept the application of { $business_name }.
mail-member-waiting-subject = You are on the waiting list of { $circle_name }
mail-member-waiting-words = The seat for your trade in the circle “{ $circle_name }” is taken. { $business_name } is on the waiting list and will hear from us when it becomes free.
mail-member-left-subject = { $business_name } no longer belongs to { $circle_name }
mail-member-left-words = { $business_name } is no longer a member of the circle “{ $circle_name }”. Referrals that were already accepted stay visible to both sides.
mail-circle-handed-over-subject = You now organise { $circle_name }
mail-circle-handed-over-words = The circle “{ $circle_name }” was handed over to { $business_name }. From now on you admit members and decide disputes.

mail-rings-settled-subject = Rings were settled in { $circle_name }
mail-rings-settled = In the circle “{ $circle_name }” the organiser settled { $rings ->
    [one] { $rings } ring
   *[other] { $rings } rings
} and closed { $total ->
    [one] { $total } credit
   *[other] { $total } credits
} in all.
mail-rings-settled-own = { $closed ->
    [0] { $business_name } had no part in that.
    [one] { $business_name } was in them: { $closed } credit that it owed and as many that it was owed have been closed.
   *[other] { $business_name } was in them: { $closed } credits that it owed and as many that it was owed have been closed.
}
mail-rings-undone-subject = A settlement in { $circle_name } was taken back
mail-rings-undone = In the circle “{ $circle_name }” the organiser took back the settlement of { $rings ->
    [one] { $rings } ring
   *[other] { $rings } rings
}: { $total ->
    [one] { $total } credit is open again.
   *[other] { $total } credits are open again.
}
mail-rings-undone-own = { $closed ->
    [0] { $business_name } had no part in that.
    [one] { $business_name } was in them: { $closed } credit that it owes and as many that it is owed are open again.
   *[other] { $business_name } was in them: { $closed } credits that it owes and as many that it is owed are open again.
}
mail-rings-balance = Your balance is exactly what it was.
mail-rings-button = See how giving comes back

mail-trust-case-subject = Something to look at in { $circle_name }
mail-trust-case-words = In the circle “{ $circle_name }” a few businesses pass each other more referrals than chance explains, and few of the prospects were heard themselves.
mail-trust-case-reasons = That often has good reasons. Only somebody who knows the people can tell: please look at what was counted and decide what becomes of it.
mail-trust-case-members = Businesses
mail-trust-case-referrals = Referrals between them
mail-trust-case-confirmed = Prospects heard themselves
mail-trust-case-button = See what was counted
mail-trust-case-small = Nothing happens by itself, and those it is about are not told. You get this mail once.

mail-offer-subject = Referral from { $giver_business }: { $trade }
mail-offer-words = { $giver_name } of { $giver_business } offers you a referral in the circle “{ $circle_name }”.
mail-offer-reminder-subject = Waiting for your answer: referral from { $giver_business }
mail-offer-reminder-words = { $giver_name } of { $giver_business } is waiting for your answer to a referral in the circle “{ $circle_name }”.
mail-offer-button = Answer
mail-offer-look = Look at it after signing in
mail-offer-small = Opening the link decides nothing. You see the contact data as soon as you and the prospect have both agreed.

mail-giver-news-accepted-subject = { $receiver_business } accepts your referral
mail-giver-news-accepted = { $receiver_business } accepted your referral. The introduction follows as soon as the prospect has agreed as well.
mail-giver-news-declined-subject = { $receiver_business } declines your referral
mail-giver-news-declined = { $receiver_business } cannot take your referral. You can pass it on to somebody else.
mail-giver-news-expired-subject = No answer from { $receiver_business }
mail-giver-news-expired = { $receiver_business } did not answer your referral in time. You can pass it on to somebody else.
mail-giver-news-introduced-subject = Introduced to { $receiver_business }
mail-giver-news-introduced = Both sides agreed: the prospect and { $receiver_business } have been introduced to each other.
mail-giver-news-contacted-subject = { $receiver_business } made the first contact
mail-giver-news-contacted = { $receiver_business } has spoken to the prospect of your referral.
mail-giver-news-quoted-subject = { $receiver_business } made a quote
mail-giver-news-quoted = { $receiver_business } made the prospect of your referral a quote.
mail-giver-news-won-subject = Your referral became business for { $receiver_business }
mail-giver-news-won = { $receiver_business } closed business with the prospect of your referral. Thank you!
mail-giver-news-lost-subject = No business came of your referral to { $receiver_business }
mail-giver-news-lost = { $receiver_business } reports that no business came of your referral.
mail-giver-news-closed-subject = Your referral is closed
mail-giver-news-closed = Your referral was closed without an introduction.

mail-receiver-news-withdrawn-subject = { $giver_business } withdrew the referral
mail-receiver-news-withdrawn = { $giver_business } withdrew a referral that you had accepted.
mail-receiver-news-refused-subject = The prospect does not want an introduction
mail-receiver-news-refused = The prospect of a referral from { $giver_business } does not want to be introduced. The referral is closed.
mail-receiver-news-not-now-subject = The prospect says: not now
mail-receiver-news-not-now = The prospect of a referral from { $giver_business } does not want to be introduced at present. The referral is closed.
mail-receiver-news-no-answer-subject = The prospect did not answer
mail-receiver-news-no-answer = The prospect of a referral from { $giver_business } did not answer in time. The referral is closed.

mail-contact-reminder-subject = First contact with { $prospect_name } is due
mail-contact-reminder-words = You were introduced to { $prospect_name } and the time agreed for the first contact is over. Please get in touch and record it; the giver is waiting to hear of it.
mail-contact-reminder-button = Record the contact
mail-nudge-subject = What became of the referral from { $giver_business }?
mail-nudge-words = { $days ->
    [one] Nothing has been recorded for a referral from { $giver_business } for { $days } day. What became of it?
   *[other] Nothing has been recorded for a referral from { $giver_business } for { $days } days. What became of it?
}
mail-nudge-button = Tell what became of it

mail-dispute-opened-subject = { $receiver_business } disputes a referral
mail-dispute-opened = { $receiver_business } disputes a referral from { $giver_business }. The organiser of the circle decides.
mail-dispute-upheld-subject = The dispute was upheld
mail-dispute-upheld = The organiser decided that the referral from { $giver_business } to { $receiver_business } is invalid. Its credits were taken back.
mail-dispute-rejected-subject = The dispute was rejected
mail-dispute-rejected = The organiser decided that the referral from { $giver_business } to { $receiver_business } stands.

mail-introduction-subject = { $giver_name } would like to introduce you to { $receiver_business }
mail-introduction-words = { $giver_name } of { $giver_business } would like to introduce you to { $receiver_business } and asks whether you agree.
mail-introduction-attested-words = { $giver_name } of { $giver_business } says that you agreed to be introduced to { $receiver_business }. Please confirm that this is so, or say no.
mail-introduction-quote = { $giver_name } writes:
mail-introduction-choice = On the page behind this link you can answer “yes”, “no”, “not now” or “never again”. Opening it decides nothing, and you need no account.
mail-introduction-button = Answer
mail-introduction-code = If the page asks for a code, it is { $code }.
mail-no-commission = Nobody receives a commission for this.
mail-introduction-data = About your data
mail-introduction-source = Where it comes from: { $giver_name } of { $giver_business } entered your name and your address.
mail-introduction-purpose = What it is for: only to ask you this one question and, if you agree, to introduce you to { $receiver_business }.
mail-introduction-shared = Who receives it: { $receiver_business }, and only if you agree. Passed on would be: { $shared }.
mail-introduction-retention = { $retention_days ->
    [one] How long it is kept: if you do not answer, it is deleted after { $retention_days } day.
   *[other] How long it is kept: if you do not answer, it is deleted after { $retention_days } days.
}
mail-introduction-rights = Your rights: you may ask what is stored about you, have it corrected or deleted, object to its use, withdraw your consent at any time with effect for the future, and complain to a data protection authority. An answer to this mail reaches { $giver_name }.
mail-introduction-stop = Never write to me again

mail-three-way-subject = Introduction: { $prospect_name } and { $receiver_business }
mail-three-way-greeting = Hello { $prospect_name }, hello { $receiver_name },
mail-three-way-words = You have both agreed to be introduced to each other. { $giver_name } of { $giver_business } brought you together.
mail-three-way-receiver = { $receiver_name }, { $receiver_business }
mail-three-way-reply = An answer to this mail reaches you both.
