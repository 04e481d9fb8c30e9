home-welcome-title = Was Sie geben, kommt zurück
home-welcome-what = Auf Kularing geben Unternehmen einander Kunden weiter: qualifiziert, mit Einwilligung, und so, dass alle sehen, was zurückkommt.
home-welcome-pass = Geben Sie in einer Minute eine Empfehlung weiter, an jemanden aus Ihrem Kreis, dem Sie vertrauen.
home-welcome-consent = Kontaktdaten werden erst weitergegeben, wenn beide Seiten zugestimmt haben.
home-welcome-back = Sie sehen, was daraus wurde und wie zurückkommt, was Sie gegeben haben, oft über ein drittes Unternehmen.
home-welcome-name = Im Kula-Ring der Trobriand-Inseln wandern Gaben von Insel zu Insel, immer in einer Richtung. Wer gibt, bekommt zurück, und nicht von dem, dem er gegeben hat.
home-waiting-title = Was auf Sie wartet
home-nothing-waits = Nichts wartet auf Sie. Kennen Sie jemanden, der etwas braucht, was ein Partner gut kann?
home-waits-answer-offer = Eine Empfehlung wird Ihnen angeboten: annehmen oder ablehnen
home-waits-make-contact = Sie sind vorgestellt: Nehmen Sie den ersten Kontakt auf
home-waits-tell-outcome = Sagen Sie, was daraus geworden ist
home-waits-pass-on = Nicht angenommen: Geben Sie sie an jemand anderen weiter
home-waits-decide-dispute = Entscheiden Sie über eine Beanstandung in Ihrem Kreis
home-waits-finish-draft = Stellen Sie Ihren Entwurf fertig
home-pass-referral = Empfehlung weitergeben
home-look-at-circles = Zu Ihren Kreisen
home-hello = Guten Tag, { $name }
home-given-lately = Was Sie zuletzt gegeben haben
home-all-referrals = Alle Empfehlungen
home-nothing-yet = Noch wartet nichts auf Sie. Geben Sie die erste Empfehlung weiter: Wem könnte ein Partner helfen?
home-find-partners = Partner finden
home-waits-prospect-silent = Der Empfänger ist einverstanden; der Interessent hat noch nicht geantwortet
home-no-business = Sie gehören hier zu keinem Unternehmen, daher wartet nichts auf Sie. Kreise und Partner können Sie ansehen.
home-lately = Was zuletzt geschah
home-waits-applications = { $count ->
        [one] Eine Bewerbung wartet auf Ihre Entscheidung
       *[other] { $count } Bewerbungen warten auf Ihre Entscheidung
    }
home-waits-cases = { $count ->
        [one] Eine Gruppe von Mitgliedern, die Sie ansehen sollten
       *[other] { $count } Gruppen von Mitgliedern, die Sie ansehen sollten
    }
