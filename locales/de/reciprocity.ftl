reciprocity-standing = Ihr Punktestand
reciprocity-explained = Wer eine Empfehlung erhält, schuldet dem Geber Punkte. Sie kommen mit den Empfehlungen zurück, die Sie erhalten, oft von jemand anderem als dem, dem Sie gegeben haben.
reciprocity-no-circle = Sie sind noch in keinem Kreis Mitglied. Punkte werden in Kreisen gezählt.
reciprocity-to-circles = Einen Kreis finden
reciprocity-nothing-yet = Noch wurde nichts gegeben oder erhalten. Es beginnt mit Ihrer ersten Empfehlung: Die Punkte folgen, sobald beide Seiten einander vorgestellt sind.
reciprocity-pass-referral = Empfehlung weitergeben
reciprocity-even = Ihr Punktestand ist ausgeglichen: Es kam so viel zurück, wie Sie gegeben haben.
reciprocity-is-owed = Der Kreis schuldet Ihnen { $count ->
        [one] { $shown } Punkt
       *[other] { $shown } Punkte
    }: Sie haben bisher mehr gegeben, als zurückkam.
reciprocity-owes = Sie schulden dem Kreis { $count ->
        [one] { $shown } Punkt
       *[other] { $shown } Punkte
    }: Sie haben bisher mehr erhalten als gegeben. Es ist gleich, welchem Mitglied Sie etwas empfehlen.
reciprocity-given = Gegeben
reciprocity-received = Erhalten
reciprocity-pending-given = Erwartet für Gegebenes
reciprocity-pending-received = Erwartet für Erhaltenes
reciprocity-by-partner = Mit wem
reciprocity-partner = Partner
reciprocity-last-transfers = Letzte Buchungen
reciprocity-older = Ältere Buchungen
reciprocity-you-gave = Sie haben an { $partner } gegeben: { $count ->
        [one] { $shown } Punkt
       *[other] { $shown } Punkte
    } für Sie.
reciprocity-you-received = Sie haben von { $partner } erhalten: { $count ->
        [one] { $shown } Punkt
       *[other] { $shown } Punkte
    } für die Gegenseite.
reciprocity-took-back-given = Zurückgenommen: { $count ->
        [one] { $shown } Punkt
       *[other] { $shown } Punkte
    }, die Sie bei { $partner } hatten.
reciprocity-took-back-received = Zurückgenommen: { $count ->
        [one] { $shown } Punkt
       *[other] { $shown } Punkte
    }, die { $partner } bei Ihnen hatte.
reciprocity-settled-owes = In einem Ring ausgeglichen: { $count ->
        [one] { $shown } Punkt, den Sie { $partner } schuldeten
       *[other] { $shown } Punkte, die Sie { $partner } schuldeten
    }.
reciprocity-settled-owed = In einem Ring ausgeglichen: { $count ->
        [one] { $shown } Punkt, den { $partner } Ihnen schuldete
       *[other] { $shown } Punkte, die { $partner } Ihnen schuldete
    }.
reciprocity-unsettled-owes = Ausgleich zurückgenommen: Sie schulden { $partner } wieder { $count ->
        [one] { $shown } Punkt
       *[other] { $shown } Punkte
    }.
reciprocity-unsettled-owed = Ausgleich zurückgenommen: { $partner } schuldet Ihnen wieder { $count ->
        [one] { $shown } Punkt
       *[other] { $shown } Punkte
    }.
reciprocity-reason-introduced = Vorgestellt
reciprocity-reason-won = Geschäft abgeschlossen
reciprocity-reason-third-win = Gewinn für Dritte
reciprocity-reason-correction = Korrektur
reciprocity-reason-settlement = Ringe ausgeglichen
reciprocity-to-referral = zur Empfehlung
reciprocity-totals = Insgesamt
reciprocity-total-credits = Gegebene und erhaltene Punkte
reciprocity-total-pending = Erwartet aus angenommenen Empfehlungen
reciprocity-total-givers = Mitglieder, die gegeben haben
reciprocity-total-receivers = Mitglieder, die erhalten haben
reciprocity-total-both = Mitglieder, die gegeben und erhalten haben
reciprocity-members = Mitglieder
reciprocity-members-explained = Diese Seite sehen nur Organisatoren. Ein Mitglied sieht den eigenen Punktestand und die Summen oben. Zurückgenommene Punkte und ausgeglichene Ringe zählen nicht als gegeben oder bekommen. Die letzten beiden Spalten sagen, was übrig bleibt, wenn alle Ringe schließen.
reciprocity-open-owed = Nach Ringen noch zu bekommen
reciprocity-open-owes = Nach Ringen noch zu geben
reciprocity-ledger-empty = Noch wurde nichts gebucht. Punkte folgen, sobald die ersten beiden einander vorgestellt sind.
reciprocity-member = Mitglied
reciprocity-former-member = ehemaliges Mitglied
reciprocity-balance = Punktestand
reciprocity-partners-given-to = Gab an (Mitglieder)
reciprocity-partners-received-from = Erhielt von (Mitglieder)
reciprocity-head = Siegel des Punktebuchs
reciprocity-head-explained = Jede Buchung trägt den Hash der vorigen. Bewahren Sie Nummer und Hash auf: Damit lässt sich später beweisen, dass nichts geändert wurde.
reciprocity-head-seq = Letzte Buchung
reciprocity-head-hash = Hash
reciprocity-private = Diese Seite sehen nur die Menschen Ihres Unternehmens.
reciprocity-over-time = In zwölf Monaten
reciprocity-months-told = Punkte Monat für Monat in zwölf Monaten: { $given } gegeben, über der Linie; { $received } erhalten, darunter. Die Tabelle nennt die Zahlen.
reciprocity-in-numbers = In Zahlen
reciprocity-month = Monat
reciprocity-still-owed = Ihnen noch geschuldet
reciprocity-still-owes = Von Ihnen noch geschuldet
reciprocity-to-rings = Alle Ringe mit Ihrem Unternehmen
