circles-title = Kreise
circles-none-yet = Ihr Unternehmen ist noch in keinem Kreis. Gründen Sie einen, bewerben Sie sich bei einem offenen oder nutzen Sie eine Einladung.
circles-found-one = Einen Kreis gründen
circles-found = Kreis gründen
circles-inviting-you = Sie sind eingeladen
circles-inviting-how = Die E-Mail mit der Einladung enthält den Link, mit dem Sie beitreten.
circles-open = Offen für Bewerbungen
circles-more = Mehr anzeigen
circles-back = Zurück zum Kreis
circles-save = Speichern
circles-kind = Art
circles-kind-value-chain = Wertschöpfungskette
circles-kind-networking = Netzwerkkreis
circles-kind-why = Eine Wertschöpfungskette ordnet Branchen so, wie sie für einen Kunden arbeiten; mehrere Mitglieder dürfen dieselbe Branche haben. In einem Netzwerkkreis gibt es für jede Branche einen Platz.
circles-name = Name
circles-description = Wofür er da ist
circles-your-trade = Sie treten bei als
circles-links-list = Branchen in ihrer Reihenfolge, eine je Zeile
circles-links-how = Nur für eine Wertschöpfungskette: etwa Architekturbüro, Bauunternehmen, Elektroinstallation, Küchenmontage.
circles-language = Sprache der E-Mails
circles-time-zone = Zeitzone
circles-open-to-applications = Den Kreis allen zeigen und Bewerbungen annehmen
circles-navigation = In diesem Kreis
circles-pass-referral = Empfehlung weitergeben
circles-policy = Regeln
circles-members = Mitglieder
circles-invitations = Einladungen
circles-edit = Kreis bearbeiten
circles-ledger = Punkte
circles-trust = Fairness
circles-leave = Kreis verlassen
circles-chain = Wertschöpfungskette
circles-chain-empty = Die Reihenfolge der Branchen ist noch nicht festgelegt.
circles-chain-set = Festlegen
circles-seats = Plätze
circles-waiting = Warteliste
circles-seat-free = frei
circles-organiser = organisiert
circles-suspended = ausgesetzt
circles-reinstate = Wieder mitmachen lassen
circles-members-count =
    { $count ->
        [one] Ein Mitglied
       *[other] { $count } Mitglieder
    }
circles-apply = Bewerben
circles-application-words = Ein paar Worte an die Organisatoren
circles-you-applied = Sie haben sich beworben. Die Organisatoren entscheiden, und Sie erhalten eine E-Mail.
circles-you-wait = Der Platz Ihrer Branche ist besetzt: Sie stehen auf der Warteliste. Wird er frei, können die Organisatoren Sie aufnehmen.
circles-take-back = Bewerbung zurückziehen
circles-no-business = Einem Kreis kann nur beitreten, wer zu einem Unternehmen gehört.
circles-applications = Bewerbungen
circles-no-applications = Niemand hat sich beworben.
circles-applied-at = beworben am { $date }
circles-joined-at = Mitglied seit { $date }
circles-waiting-list = Warteliste
circles-waiting-why = Diese Unternehmen warten auf den Platz ihrer Branche. Sobald er frei ist, können Sie eines aufnehmen.
circles-active = Mitglieder
circles-admit = Aufnehmen
circles-refuse = Ablehnen
circles-member-more = Mehr
circles-share-organising = Mitorganisieren lassen
circles-hand-over = Den Kreis übergeben
circles-remove = Aus dem Kreis entfernen
circles-remove-words = Grund (bleibt im Protokoll des Kreises)
circles-invite = Einladen
circles-invite-by-mail = Per E-Mail einladen
circles-invite-by-mail-why = Eine neutrale E-Mail mit einem Link, der einmal und 14 Tage lang funktioniert. Bitte laden Sie nur Menschen ein, die damit rechnen.
circles-invite-email = E-Mail-Adresse
circles-invite-words = Ein paar Worte, ohne Links und Nummern
circles-invite-by-link = Mit einem Link einladen
circles-invite-by-link-why = Sie geben ihn selbst weiter. Höchstens { $uses } Unternehmen und { $days } Tage.
circles-invite-uses = Wie viele Unternehmen ihn nutzen dürfen
circles-invite-days = Wie viele Tage er funktioniert
circles-make-link = Link erstellen
circles-invitations-working = Gültige Einladungen
circles-invitations-none = Zurzeit gibt es keine.
circles-link-to-pass-on = Link zum Weitergeben
circles-invitation-until =
    { $uses ->
        [one] noch einmal, bis { $date }
       *[other] noch { $uses }-mal, bis { $date }
    }
circles-invitation-revoke = Zurücknehmen
circles-invited-by = { $name } lädt Sie in diesen Kreis ein.
circles-invited-by-of = { $name } ({ $business }) lädt Sie in diesen Kreis ein.
circles-you-are-in = Ihr Unternehmen ist Mitglied dieses Kreises.
circles-go-there = Zum Kreis
circles-invitation-used-up = Diese Einladung wurde schon genutzt. Bitten Sie die Person, die Sie eingeladen hat, um eine neue.
circles-join = Beitreten
circles-join-how = Registrieren Sie zum Beitreten Ihr Unternehmen, oder melden Sie sich an, wenn es schon registriert ist.
circles-join-come-back = Öffnen Sie danach diesen Link noch einmal.
circles-policy-version = Version { $version } gilt.
circles-policy-why = Eine Änderung ergibt eine neue Version. Für Empfehlungen, die schon gegeben sind, gilt weiter die Version von damals.
circles-policy-change = In Kraft setzen
circles-policy-history = Versionen
circles-policy-of = Version { $version }, { $date }
circles-answer-hours = Stunden bis zur Antwort auf ein Angebot
circles-answer-reminder-hours = Erinnerung nach so vielen Stunden
circles-first-contact-hours = Stunden bis zum ersten Kontakt
circles-nudge-days = Tage, nach denen bei Stille nachgefragt wird
circles-close-days = Tage, nach denen eine Empfehlung endet
circles-claim-window-days = Tage, in denen ein Interessent nicht noch einmal empfohlen wird
circles-recycled-days = Tage, in denen jemand, den ein Geber vorgestellt hat, keine neue Empfehlung eines anderen ist
circles-pair-per-month = Empfehlungen von einem Mitglied an ein anderes in 30 Tagen, höchstens
circles-credits-introduced = Punkte für eine Vorstellung
circles-credits-won = Punkte für ein abgeschlossenes Geschäft
circles-credits-won-per-thousand = Punkte je volle 1.000 seines Wertes
circles-credits-won-value-cap = Höchstens so viele Punkte für den Wert
circles-credits-third-win = Punkte, wenn eine dritte Seite gewinnt (noch nicht in Gebrauch)
circles-ring-length = Zuerst schließen sich Ringe mit bis zu so vielen Mitgliedern (0: was am meisten schließt)
circles-weight-fit = Vorschläge: Gewicht von Branche und Region (0 bis 100)
circles-weight-conversion = Vorschläge: Gewicht von Abschlüssen aus Empfehlungen
circles-weight-response = Vorschläge: Gewicht schneller Antworten
circles-weight-load = Vorschläge: Gewicht freier Plätze
circles-weight-ring = Vorschläge: Gewicht von Ringen, die sich schließen
circles-weight-evenness = Vorschläge: Gewicht davon, dass jemandem mehr geschuldet wird als dem Geber
circles-weight-turn = Vorschläge: Gewicht der Reihenfolge
circles-paths = Wege zum Interessenten
circles-path-share = Der Geber sendet einen persönlichen Link
circles-path-attested = Die Einwilligung liegt vor, und eine E-Mail bittet um Bestätigung
circles-path-ask = Der Server fragt per E-Mail
done-circles-founded = Ihr Kreis ist gegründet. Laden Sie die ersten Mitglieder ein.
done-circles-applied = Sie haben sich beworben.
done-circles-waiting = Der Platz ist besetzt: Sie stehen auf der Warteliste.
done-circles-left = Erledigt: Sie sind nicht mehr im Kreis.
done-circles-saved = Gespeichert.
done-circles-admitted = Aufgenommen.
done-circles-made-to-wait = Der Platz ist besetzt: Das Unternehmen steht jetzt auf der Warteliste.
done-circles-refused = Abgelehnt.
done-circles-removed = Entfernt.
done-circles-reinstated = Darf wieder weitergeben und erhalten.
done-circles-handed-over = Der Kreis hat einen neuen Organisator.
done-circles-invited = Die Einladung ist unterwegs, oder der Link steht unten.
done-circles-revoked = Die Einladung gilt nicht mehr.
done-circles-joined = Willkommen! Ihr Unternehmen ist jetzt Mitglied.
field-not-your-trade = Bitte wählen Sie eine Ihrer eigenen Branchen.
field-not-another-member = Bitte wählen Sie ein anderes aktives Mitglied.
field-already-invited = Eine Einladung an diese Adresse gilt noch.
field-ask-not-allowed = Der Betreiber dieser Installation hat diesen Weg nicht freigegeben.
field-not-a-value-chain = Nur eine Wertschöpfungskette hat Glieder.
problem-organiser-only = Das darf nur ein Organisator des Kreises.
problem-own-suspension = Eine Aussetzung hebt ein anderer Organisator auf, oder ein Betreiber.
problem-not-suspended = Dieses Mitglied ist nicht ausgesetzt.
problem-seat-taken = Der Platz dieser Branche ist besetzt. Sobald er frei ist, können Sie das Unternehmen aufnehmen.
problem-last-organiser = Sie sind der letzte Organisator. Übergeben Sie den Kreis einem anderen Mitglied, bevor Sie ihn verlassen.
problem-organiser-stays = Ein Organisator wird nicht entfernt. Er übergibt den Kreis und geht.
problem-wrong-member-state = Das geht nicht mehr: Jemand war schneller, oder es ist schon entschieden.
problem-already-a-member = Ihr Unternehmen ist schon Mitglied dieses Kreises.
problem-too-early-to-apply = Ihre letzte Bewerbung wurde vor Kurzem abgelehnt, oder Sie wurden entfernt. Bewerben Sie sich später wieder, oder bitten Sie um eine Einladung.
problem-circle-full = Dieser Kreis nimmt niemanden mehr auf.
problem-too-many-circles = Mehr Kreise kann ein Unternehmen nicht organisieren.
problem-too-many-circle-invitations = Es gelten noch zu viele Einladungen dieses Kreises. Nehmen Sie zuerst einige zurück.
problem-too-many-invitation-mails = Der Kreis hat heute schon viele Einladungen versandt. Machen Sie morgen weiter, oder erstellen Sie einen Link.
problem-not-a-value-chain = Nur eine Wertschöpfungskette hat Glieder.
problem-not-a-networking-circle = Nur ein Netzwerkkreis hat Plätze.
circles-overview = Überblick
circles-rings = Ringe
circles-breadth = Streuung
circles-leave-sure = Den Kreis verlassen?
circles-leave-why = Laufende Empfehlungen gehen weiter. Ihr Platz wird frei, Ihre Punkte bleiben im Punktebuch; um zurückzukommen, bewerben Sie sich neu.
circles-gap = noch niemand
circles-chain-held = { $held } von { $all } Gliedern sind besetzt.
circles-seats-held = { $held ->
        [one] Ein Platz ist besetzt
       *[other] { $held } Plätze sind besetzt
    }{ $free ->
        [0] .
        [one] , einer ist frei.
       *[other] , { $free } sind frei.
    }
circles-waiting-count = { $count ->
        [one] einer wartet darauf
       *[other] { $count } warten darauf
    }
circles-rules-clocks = Fristen
circles-rules-limits = Grenzen
circles-rules-credits = Punkte und Ringe
circles-rules-suggestions = Vorschläge
circles-policy-by = von { $name }
circles-policy-all-rules = Alle Regeln dieser Version
circles-ceilings = Obergrenzen nach Branche
circles-ceilings-explained = Ein gewonnener Auftrag bringt höchstens so viele Punkte, wenn diese Branche gebraucht wurde, sein Wert eingeschlossen. Die Obergrenze einer Gruppe gilt für jede ihrer Branchen, die keine eigene hat. Eine leere Zeile fällt weg.
circles-ceiling-trade = Zeile { $number }: Branche oder Gruppe
circles-ceiling-credits = Zeile { $number }: Punkte höchstens
circles-ceiling-of = Obergrenze für { $trade }
circles-ceiling-none = keine
