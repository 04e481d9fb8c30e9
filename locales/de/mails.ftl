mail-via = { $name } via Kularing
mail-greeting = Guten Tag,
mail-greeting-name = Guten Tag { $greeted },
mail-footer-account = Kularing · Sie erhalten diese E-Mail, weil Ihre Adresse auf einer Seite von Kularing eingegeben wurde.
mail-footer-partner = Kularing · Sie erhalten diese E-Mail, weil Ihr Unternehmen zu einem Kreis gehört.
mail-footer-prospect = Diese E-Mail wurde über Kularing im Auftrag von { $giver_name }, { $giver_business }, gesendet.

mail-label-need = Worum es geht
mail-label-trade = Branche
mail-label-region = Region
mail-label-worth = Wert
mail-label-effort = Einsatz des Gebers
mail-label-expectation = Erwartung
mail-label-first-contact = Erster Kontakt
mail-label-answer-by = Bitte antworten bis
mail-label-circle = Kreis
mail-label-circle-kind = Art
mail-label-business = Unternehmen
mail-label-giver = Geber
mail-label-receiver = Empfänger
mail-label-prospect = Interessent
mail-label-email = E-Mail
mail-label-phone = Telefon
mail-label-attested-how = Wie Sie zugestimmt haben
mail-label-attested-when = Wann
mail-note = Die Notiz dazu:
mail-referral-button = Empfehlung ansehen
mail-stop-reminders = Keine Erinnerungen mehr

mail-circle-kind-value-chain = Wertschöpfungskette
mail-circle-kind-networking = Netzwerkkreis
mail-contact-by-giver = der Geber bringt beide zusammen
mail-contact-by-receiver = der Empfänger meldet sich
mail-contact-by-prospect = der Interessent meldet sich
mail-contact-within = { $contact_within_hours ->
    [one] innerhalb von { $contact_within_hours } Stunde
   *[other] innerhalb von { $contact_within_hours } Stunden
}

mail-attested-how-in-person = persönlich
mail-attested-how-phone = telefonisch
mail-attested-how-writing = schriftlich
mail-attested-how-email = per E-Mail
mail-attested-how-message = per Nachricht

mail-confirm-address-subject = Bitte bestätigen Sie Ihre Adresse
mail-confirm-address-words = Sie haben sich unter dieser Adresse bei Kularing registriert. Bitte bestätigen Sie, dass sie Ihnen gehört.
mail-confirm-address-button = Adresse bestätigen
mail-confirm-address-small = Der Link gilt 30 Minuten. Falls Sie das nicht waren, beachten Sie diese E-Mail nicht weiter: Ohne die Bestätigung geschieht nichts.

mail-already-registered-subject = Sie haben schon ein Konto
mail-already-registered-words = Jemand, vermutlich Sie, hat sich unter dieser Adresse bei Kularing registriert. Dazu gibt es bereits ein Konto; ein zweites wurde nicht angelegt.
mail-already-registered-button = Anmelden
mail-already-registered-reset = Ich habe mein Passwort vergessen
mail-already-registered-small = Falls Sie das nicht waren, müssen Sie nichts tun.

mail-reset-password-subject = Neues Passwort festlegen
mail-reset-password-words = Jemand, vermutlich Sie, hat für Ihr Konto ein neues Passwort angefordert.
mail-reset-password-button = Neues Passwort festlegen
mail-reset-password-small = Der Link gilt 30 Minuten und nur einmal. Falls Sie das nicht waren, beachten Sie diese E-Mail nicht weiter: Ihr Passwort bleibt, wie es ist.

mail-password-changed-subject = Ihr Passwort wurde geändert
mail-password-changed-words = Das Passwort Ihres Kontos wurde geändert.
mail-password-changed-at = Wann
mail-password-changed-small = Falls Sie das waren, müssen Sie nichts tun. Falls nicht, fordern Sie auf der Anmeldeseite sofort ein neues Passwort an und sagen Sie in Ihrem Unternehmen Bescheid.

mail-colleague-invitation-subject = { $inviter_name } lädt Sie zu { $business_name } ein
mail-colleague-invitation-words = { $inviter_name } lädt Sie ein, auf Kularing für { $business_name } zu arbeiten.
mail-colleague-invitation-button = Einladung annehmen
mail-colleague-invitation-small = Falls Sie { $inviter_name } nicht kennen, beachten Sie diese E-Mail nicht weiter: Ohne Sie geschieht nichts.

mail-circle-invitation-subject = { $inviter_name } lädt Sie in den Kreis { $circle_name } ein
mail-circle-invitation-words = { $inviter_name } von { $business_name } lädt Ihr Unternehmen in einen Kreis ein, dessen Mitglieder einander Empfehlungen geben.
mail-circle-invitation-quote = { $inviter_name } schreibt:
mail-circle-invitation-button = Einladung ansehen
mail-circle-invitation-small = Das Öffnen des Links entscheidet nichts. Wenn Sie nicht beitreten möchten, müssen Sie nichts tun.

mail-member-applied-subject = { $business_name } möchte { $circle_name } beitreten
mail-member-applied-words = Ein Unternehmen bewirbt sich um die Mitgliedschaft im Kreis „{ $circle_name }“. Sie entscheiden darüber als Organisator.
mail-member-applied-quote = { $business_name } schreibt:
mail-member-applied-button = Über die Bewerbung entscheiden
mail-member-button = Zum Kreis
mail-member-admitted-subject = Willkommen im Kreis { $circle_name }
mail-member-admitted-words = { $business_name } ist jetzt Mitglied des Kreises „{ $circle_name }“. Sie können seinen Mitgliedern Empfehlungen geben und welche von ihnen erhalten.
mail-member-refused-subject = Ihre Bewerbung im Kreis { $circle_name }
mail-member-refused-words = Die Organisatoren des Kreises „{ $circle_name }“ haben die Bewerbung von { $business_name } nicht angenommen.
mail-member-waiting-subject = Sie stehen auf der Warteliste des Kreises { $circle_name }
mail-member-waiting-words = Der Platz für Ihre Branche im Kreis „{ $circle_name }“ ist besetzt. { $business_name } steht auf der Warteliste und erfährt, wenn er frei wird.
mail-member-left-subject = { $business_name } gehört nicht mehr zum Kreis { $circle_name }
mail-member-left-words = { $business_name } ist nicht mehr Mitglied des Kreises „{ $circle_name }“. Bereits angenommene Empfehlungen bleiben für beide Seiten sichtbar.
mail-circle-handed-over-subject = Sie organisieren jetzt den Kreis { $circle_name }
mail-circle-handed-over-words = Der Kreis „{ $circle_name }“ wurde an { $business_name } übergeben. Von nun an nehmen Sie Mitglieder auf und entscheiden über Beanstandungen.

mail-rings-settled-subject = Ringe ausgeglichen in { $circle_name }
mail-rings-settled = Im Kreis „{ $circle_name }“ hat der Organisator { $rings ->
    [one] { $rings } Ring
   *[other] { $rings } Ringe
} ausgeglichen und damit insgesamt { $total ->
    [one] { $total } Punkt
   *[other] { $total } Punkte
} geschlossen.
mail-rings-settled-own = { $closed ->
    [0] { $business_name } war daran nicht beteiligt.
    [one] { $business_name } war daran beteiligt: { $closed } Punkt, den Ihr Unternehmen schuldete, und ebenso viel, was ihm geschuldet wurde, ist geschlossen.
   *[other] { $business_name } war daran beteiligt: { $closed } Punkte, die Ihr Unternehmen schuldete, und ebenso viele, die ihm geschuldet wurden, sind geschlossen.
}
mail-rings-undone-subject = Ein Ausgleich in { $circle_name } wurde zurückgenommen
mail-rings-undone = Im Kreis „{ $circle_name }“ hat der Organisator den Ausgleich von { $rings ->
    [one] { $rings } Ring
   *[other] { $rings } Ringen
} zurückgenommen: { $total ->
    [one] { $total } Punkt ist wieder offen.
   *[other] { $total } Punkte sind wieder offen.
}
mail-rings-undone-own = { $closed ->
    [0] { $business_name } war daran nicht beteiligt.
    [one] { $business_name } war daran beteiligt: { $closed } Punkt, den Ihr Unternehmen schuldet, und ebenso viel, was ihm geschuldet wird, ist wieder offen.
   *[other] { $business_name } war daran beteiligt: { $closed } Punkte, die Ihr Unternehmen schuldet, und ebenso viele, die ihm geschuldet werden, sind wieder offen.
}
mail-rings-balance = Ihr Punktestand bleibt unverändert.
mail-rings-button = Sehen, wie Geben zurückkommt

mail-trust-case-subject = Etwas zum Ansehen in { $circle_name }
mail-trust-case-words = Im Kreis „{ $circle_name }“ geben sich einige Unternehmen mehr Empfehlungen, als der Zufall erklärt, und von den Interessenten haben sich nur wenige selbst gemeldet.
mail-trust-case-reasons = Das hat oft gute Gründe. Beurteilen kann es nur, wer die Leute kennt: Bitte sehen Sie sich an, was gezählt wurde, und entscheiden Sie, was daraus wird.
mail-trust-case-members = Unternehmen
mail-trust-case-referrals = Empfehlungen untereinander
mail-trust-case-confirmed = Interessenten, die sich selbst gemeldet haben
mail-trust-case-button = Ansehen, was gezählt wurde
mail-trust-case-small = Von selbst geschieht nichts, und die Beteiligten erfahren nichts davon. Diese E-Mail kommt nur einmal.

mail-offer-subject = Empfehlung von { $giver_business }: { $trade }
mail-offer-words = { $giver_name } von { $giver_business } bietet Ihnen im Kreis „{ $circle_name }“ eine Empfehlung an.
mail-offer-reminder-subject = Ihre Antwort fehlt noch: Empfehlung von { $giver_business }
mail-offer-reminder-words = { $giver_name } von { $giver_business } wartet auf Ihre Antwort zu einer Empfehlung im Kreis „{ $circle_name }“.
mail-offer-button = Antworten
mail-offer-look = Nach der Anmeldung ansehen
mail-offer-small = Das Öffnen des Links entscheidet nichts. Die Kontaktdaten sehen Sie, sobald Sie und der Interessent beide zugestimmt haben.

mail-giver-news-accepted-subject = { $receiver_business } nimmt Ihre Empfehlung an
mail-giver-news-accepted = { $receiver_business } hat Ihre Empfehlung angenommen. Die Vorstellung folgt, sobald auch der Interessent zugestimmt hat.
mail-giver-news-declined-subject = { $receiver_business } lehnt Ihre Empfehlung ab
mail-giver-news-declined = { $receiver_business } kann Ihre Empfehlung nicht übernehmen. Sie können sie an jemand anderen weitergeben.
mail-giver-news-expired-subject = Keine Antwort von { $receiver_business }
mail-giver-news-expired = { $receiver_business } hat auf Ihre Empfehlung nicht rechtzeitig geantwortet. Sie können sie an jemand anderen weitergeben.
mail-giver-news-introduced-subject = Vorgestellt: { $receiver_business }
mail-giver-news-introduced = Beide Seiten haben zugestimmt: Der Interessent und { $receiver_business } wurden einander vorgestellt.
mail-giver-news-contacted-subject = { $receiver_business } hat den ersten Kontakt aufgenommen
mail-giver-news-contacted = { $receiver_business } hat mit dem Interessenten Ihrer Empfehlung gesprochen.
mail-giver-news-quoted-subject = { $receiver_business } hat ein Angebot abgegeben
mail-giver-news-quoted = { $receiver_business } hat dem Interessenten Ihrer Empfehlung ein Angebot gemacht.
mail-giver-news-won-subject = Aus Ihrer Empfehlung an { $receiver_business } wurde ein Geschäft
mail-giver-news-won = { $receiver_business } hat mit dem Interessenten Ihrer Empfehlung ein Geschäft abgeschlossen. Vielen Dank!
mail-giver-news-lost-subject = Aus Ihrer Empfehlung an { $receiver_business } wurde kein Geschäft
mail-giver-news-lost = { $receiver_business } meldet, dass aus Ihrer Empfehlung kein Geschäft wurde.
mail-giver-news-closed-subject = Ihre Empfehlung ist beendet
mail-giver-news-closed = Ihre Empfehlung wurde ohne Vorstellung beendet.

mail-receiver-news-withdrawn-subject = { $giver_business } hat die Empfehlung zurückgenommen
mail-receiver-news-withdrawn = { $giver_business } hat eine Empfehlung zurückgenommen, die Sie angenommen hatten.
mail-receiver-news-refused-subject = Der Interessent möchte nicht vorgestellt werden
mail-receiver-news-refused = Der Interessent einer Empfehlung von { $giver_business } möchte nicht vorgestellt werden. Die Empfehlung ist beendet.
mail-receiver-news-not-now-subject = Der Interessent sagt: jetzt nicht
mail-receiver-news-not-now = Der Interessent einer Empfehlung von { $giver_business } möchte zurzeit nicht vorgestellt werden. Die Empfehlung ist beendet.
mail-receiver-news-no-answer-subject = Der Interessent hat nicht geantwortet
mail-receiver-news-no-answer = Der Interessent einer Empfehlung von { $giver_business } hat nicht rechtzeitig geantwortet. Die Empfehlung ist beendet.

mail-contact-reminder-subject = Der erste Kontakt mit { $prospect_name } steht aus
mail-contact-reminder-words = Sie wurden { $prospect_name } vorgestellt, und die vereinbarte Zeit für den ersten Kontakt ist abgelaufen. Bitte melden Sie sich und halten Sie es fest; der Geber wartet darauf, davon zu hören.
mail-contact-reminder-button = Kontakt festhalten
mail-nudge-subject = Was wurde aus der Empfehlung von { $giver_business }?
mail-nudge-words = { $days ->
    [one] Zu einer Empfehlung von { $giver_business } wurde seit { $days } Tag nichts festgehalten. Was ist daraus geworden?
   *[other] Zu einer Empfehlung von { $giver_business } wurde seit { $days } Tagen nichts festgehalten. Was ist daraus geworden?
}
mail-nudge-button = Berichten, was daraus wurde

mail-dispute-opened-subject = { $receiver_business } beanstandet eine Empfehlung
mail-dispute-opened = { $receiver_business } beanstandet eine Empfehlung von { $giver_business }. Der Organisator des Kreises entscheidet.
mail-dispute-upheld-subject = Die Beanstandung war berechtigt
mail-dispute-upheld = Der Organisator hat entschieden, dass die Empfehlung von { $giver_business } an { $receiver_business } ungültig ist. Die Punkte dafür wurden zurückgenommen.
mail-dispute-rejected-subject = Die Beanstandung war unbegründet
mail-dispute-rejected = Der Organisator hat entschieden, dass die Empfehlung von { $giver_business } an { $receiver_business } bestehen bleibt.

mail-introduction-subject = { $giver_name } möchte Sie mit { $receiver_business } bekannt machen
mail-introduction-words = { $giver_name } von { $giver_business } möchte Sie mit { $receiver_business } bekannt machen und fragt, ob Sie einverstanden sind.
mail-introduction-attested-words = { $giver_name } von { $giver_business } gibt an, dass Sie einverstanden sind, mit { $receiver_business } bekannt gemacht zu werden. Bitte bestätigen Sie, dass das stimmt, oder sagen Sie Nein.
mail-introduction-quote = { $giver_name } schreibt:
mail-introduction-choice = Auf der Seite hinter diesem Link können Sie mit „Ja“, „Nein“, „Jetzt nicht“ oder „Nie wieder“ antworten. Das Öffnen entscheidet nichts, und Sie brauchen kein Konto.
mail-introduction-button = Antworten
mail-introduction-code = Falls die Seite nach einem Code fragt: Er lautet { $code }.
mail-no-commission = Niemand erhält hierfür eine Provision.
mail-introduction-data = Zu Ihren Daten
mail-introduction-source = Woher sie stammen: { $giver_name } von { $giver_business } hat Ihren Namen und Ihre Adresse eingegeben.
mail-introduction-purpose = Wofür sie dienen: nur dafür, Ihnen diese eine Frage zu stellen und Sie, wenn Sie zustimmen, mit { $receiver_business } bekannt zu machen.
mail-introduction-shared = Wer sie erhält: { $receiver_business }, und nur, wenn Sie zustimmen. Weitergegeben würden: { $shared }.
mail-introduction-retention = { $retention_days ->
    [one] Wie lange sie gespeichert werden: Wenn Sie nicht antworten, werden sie nach { $retention_days } Tag gelöscht.
   *[other] Wie lange sie gespeichert werden: Wenn Sie nicht antworten, werden sie nach { $retention_days } Tagen gelöscht.
}
mail-introduction-rights = Ihre Rechte: Sie können Auskunft über Ihre Daten, ihre Berichtigung oder Löschung verlangen, ihrer Nutzung widersprechen, Ihre Einwilligung jederzeit mit Wirkung für die Zukunft widerrufen und sich bei einer Datenschutzaufsichtsbehörde beschweren. Eine Antwort auf diese E-Mail erreicht { $giver_name }.
mail-introduction-stop = Schreiben Sie mir nie wieder

mail-three-way-subject = Vorstellung: { $prospect_name } und { $receiver_business }
mail-three-way-greeting = Guten Tag { $prospect_name }, guten Tag { $receiver_name },
mail-three-way-words = Sie haben beide zugestimmt, einander vorgestellt zu werden. { $giver_name } von { $giver_business } hat Sie zusammengebracht.
mail-three-way-receiver = { $receiver_name }, { $receiver_business }
mail-three-way-reply = Eine Antwort auf diese E-Mail erreicht Sie beide.
