# The words of consent. Whoever changes a text between here and "The recipient's page" raises VERSION in wording.rs.
introductions-purpose = Introducing one person to one business, by a mail to both
introductions-question = { $giver } ({ $giver_business }) would like to introduce you to { $receiver }. It is about: { $need }. If you agree, { $receiver } receives: { $shared }. Do you agree?
introductions-consent = Yes. { $giver } ({ $giver_business }) may introduce me to { $receiver } about: { $need }. For this, { $receiver } receives: { $shared }.
introductions-said-no = No, I do not want to be introduced.
introductions-said-not-now = Not now.
introductions-said-never-again = Never again. I do not want to be introduced, and I never want to be asked again.
introductions-said-taken-back = I take my last answer back.
introductions-said-withdrawn = I withdraw my consent.
introductions-shared-name = name
introductions-shared-company = company
introductions-shared-email = e-mail address
introductions-shared-phone = phone number
introductions-and = and
# The recipient's page.
introductions-page-title = { $giver } would like to introduce you to { $receiver }
introductions-page-hello = Hello { $prospect },
introductions-page-who = { $giver } of { $giver_business } would like to introduce you to { $receiver } in { $city }. You need no account to answer.
introductions-page-need = It is about
introductions-page-words = { $giver } writes to you
introductions-page-attested = { $giver } says that you agreed to this on { $date } ({ $how }), in these words:
introductions-page-attested-ask = Please confirm that this is so, or say no.
introductions-page-shared = If you say yes and { $receiver } agrees too, { $receiver } receives: { $shared }. You receive their contact data in the same mail. Until then nothing is passed on.
introductions-answer-legend = Your answer
introductions-answer-required = Please choose one of the answers.
introductions-answer-send = Send my answer
introductions-answer-marked = You chose this in the mail. It counts when you send it.
introductions-answer-until = You can answer until { $date }. Without an answer everything about you is deleted here on { $wiped }.
introductions-code-label = The four-digit code
introductions-code-why = Some mail programs press links and buttons by themselves. So that no machine agrees in your name, please type the code that stands in the mail or message with this link. For a refusal it is not needed.
introductions-code-wrong = This is not the code. Please look at it once more.
introductions-code-locked = The code was mistyped too often, so that this page can no longer take a yes. You can still refuse. To agree, please write to { $giver }.
introductions-trap-field = Leave this field empty
introductions-trap-button = For machines only: do not press
introductions-data-title = About your data
introductions-data-source = Where it comes from
introductions-data-source-is = { $giver } of { $giver_business } entered your name and how to reach you.
introductions-data-purpose = What it is for
introductions-data-purpose-is = Only to ask you this one question and, if you agree, to introduce you to { $receiver }. It is lawful because we ask before anything is passed on, and afterwards because you agreed.
introductions-data-recipient = Who receives it
introductions-data-recipient-is = { $receiver }, and only if you agree: { $shared }. { $giver } is told whether you were introduced. Nobody else.
introductions-data-retention = How long it is kept
introductions-data-retention-is = { $days ->
    [one] If there is no introduction, it is deleted after { $days } day.
   *[other] If there is no introduction, it is deleted after { $days } days.
} What remains is the record of what you were asked and answered, and a fingerprint of your address by which we keep to your answer.
introductions-data-rights = Your rights
introductions-data-rights-is = You may ask what is stored about you, have it corrected or deleted, object to its use, withdraw your consent at any time on this page, and complain to a data protection authority.
introductions-data-responsible = Who is responsible
introductions-data-responsible-is = { $giver_business }, and whoever runs this server: { $address }
introductions-data-commission = Commission
introductions-no-commission = Nobody receives a commission for this.
introductions-state-title = Your answer: introduction to { $receiver }
introductions-state-waiting = You said yes on { $date }. { $receiver } has not agreed yet. As soon as they have, both of you get a mail with the other’s contact data. Until then nothing is passed on.
introductions-state-agreed = You said yes on { $date }, and { $receiver } has agreed too. You will be introduced to each other at { $time }.
introductions-state-made = You said yes on { $date }, and you were introduced to { $receiver }.
introductions-state-no = You said no on { $date }. Nothing is passed on.
introductions-state-not-now = You said “not now” on { $date }. Nothing is passed on.
introductions-state-never-again = You said on { $date } that you never want to be asked again. Nothing is passed on, and no mail goes to your address from here any more.
introductions-state-closed = This introduction does not go ahead, for reasons that have nothing to do with you. Nothing was passed on.
introductions-state-withdrawn = You withdrew your consent on { $date }. Your data has been deleted here.
introductions-state-withdrawn-made = You withdrew your consent on { $date }. Your data has been deleted here, and { $receiver } sees that you withdrew it.
introductions-undo = Take my answer back
introductions-undo-until = A slip? You can take the answer back until { $time }.
introductions-withdraw-title = Changed your mind?
introductions-withdraw-words = You can withdraw your consent at any time. Then your data is deleted here at once. What was passed on before was passed on lawfully.
introductions-withdraw = Withdraw my consent
introductions-gone = It is wrong, or its time is over. If somebody wants to introduce you to a business, you will get a new link.
# The stop page.
introductions-stop-title = No more mail
introductions-stop-words = Here you stop mails from this server to your address. An introduction that waits for your answer is refused by it.
introductions-stop-everything = Never write to me again
introductions-stop-circle = Nothing more from the circle “{ $circle }”
introductions-stopped = Done. No more of these mails go to your address.
introductions-stop-undo = Let mails through again
introductions-stop-undone = Mails to your address are let through again.
# The giver's ready text.
introductions-share-text =
    Hello { $prospect },

    I would like to introduce you to { $receiver }. It is about: { $need }

    Yes or no? You answer here, without an account: { $link }

    If the page asks for a code, it is { $code }.

    { $giver }, { $giver_business }
# The consent record.
introductions-record-title = Consent record
introductions-record-of = Record of the referral
introductions-record-back = To the referral
introductions-record-words = What the person was asked and answered, line by line. Nothing here can be changed or removed.
introductions-record-none = Nobody has been asked yet.
introductions-record-person = Person (fingerprint of the address)
introductions-record-receiver = Named receiver
introductions-record-version = Version and language
introductions-record-channel = Way
introductions-record-witness = Recorded by
introductions-record-given = said on { $date }
introductions-record-purpose = Purpose
introductions-kind-asked = asked
introductions-kind-attested = attested
introductions-kind-given = agreed
introductions-kind-confirmed = confirmed
introductions-kind-refused = refused
introductions-kind-not-now = not now
introductions-kind-withdrawn = withdrawn
introductions-kind-taken-back = taken back
introductions-channel-page = on the page
introductions-channel-mail = mail from this server
introductions-channel-link = personal link
introductions-channel-in-person = in person
introductions-channel-phone = by phone
introductions-channel-writing = in writing
introductions-channel-one-click = stop button of the mail program
introductions-channel-email = by e-mail
introductions-channel-message = by message
field-path-not-allowed = The circle does not allow this way to the prospect.
field-not-a-personal-way = Please choose how the person said it.
field-in-the-future = This lies in the future.
problem-prospect-not-available = This person cannot be asked at present.
problem-undo-too-late = It is too late to take this back: the answer took effect already.
problem-no-consent = There is no consent that could be withdrawn.
