skip-to-content = Zum Inhalt springen
footer-line = Kularing: Was Sie geben, kommt zurück, oft über Dritte.
navigation = Hauptmenü
nav-home = Start
nav-referrals = Empfehlungen
nav-circles = Kreise
nav-partners = Partner
nav-standing = Punktestand
nav-settings = Einstellungen
own-menu = Ihr Menü: { $name }
own-business = Ihr Unternehmen
owners-do-this = Nur Inhaber Ihres Unternehmens können das ändern oder darüber entscheiden.
steps = Schritte
busy = Einen Moment …
close = Schließen
undo = Rückgängig
sign-in = Anmelden
sign-out = Abmelden
register = Registrieren
field-changed-meanwhile = Jemand hat das geändert, während Sie geschrieben haben. Was Sie geschrieben haben, steht unten: Speichern Sie noch einmal, dann tritt es an die Stelle der anderen Fassung.
form-has-errors = Bitte prüfen Sie die markierten Felder.
field-required = Bitte füllen Sie dieses Feld aus.
field-too-long = Das ist zu lang.
field-control-characters = Steuerzeichen sind hier nicht erlaubt.
field-mixed-scripts = In einem Wort sind Buchstaben verschiedener Schriften gemischt.
field-no-letters = Ein Name braucht mindestens einen Buchstaben.
field-not-an-email-address = Das ist keine E-Mail-Adresse.
field-not-a-phone-number = Bitte schreiben Sie die Nummer mit Landesvorwahl, etwa +49 30 123456.
field-not-a-tax-number = Bitte schreiben Sie die Nummer mit den Buchstaben ihres Landes, etwa DE123456789.
field-not-a-country = Bitte schreiben Sie das Land mit zwei Buchstaben, etwa DE.
field-not-a-postal-code = Das ist keine Postleitzahl.
field-not-an-amount = Bitte schreiben Sie einen Betrag wie 1250 oder 1250,50.
field-not-a-currency = Bitte schreiben Sie die Währung mit drei Buchstaben, etwa EUR.
field-amount-out-of-range = Dieser Betrag ist negativ oder zu groß.
field-out-of-range = Dieser Wert liegt außerhalb des Möglichen.
field-wrong-shape = Dieser Wert kann nicht verwendet werden.
language-choice = Sprache
problem-title = Das hat nicht geklappt
problem-not-found-title = Hier ist nichts
problem-not-found = Die Adresse ist falsch, oder Sie dürfen nicht sehen, was dahinter liegt.
problem-forbidden = Das dürfen Sie nicht.
problem-conflict = Das geht jetzt nicht. Vielleicht war jemand schneller: Gehen Sie zurück und sehen Sie noch einmal nach.
problem-in-progress = Das wurde schon gesendet und wird noch bearbeitet. Bitte sehen Sie gleich nach dem Ergebnis.
problem-busy = Der Server ist beschäftigt. Bitte versuchen Sie es gleich noch einmal; nichts ging verloren.
problem-too-many = Das war etwas zu oft. Bitte warten Sie eine Weile und versuchen Sie es dann noch einmal.
problem-internal = Bei uns ist etwas schiefgegangen. Der Fehler wurde protokolliert.
problem-invalid = Etwas im Formular kann nicht verwendet werden.
problem-number = Nummer dieser Anfrage: { $id }
problem-back = Zurück zur vorigen Seite
since = seit { $when }
left-none = überfällig
left-minutes = noch { $count } Min.
left-hours = noch { $count } Std.
left-days =
    { $count ->
        [one] noch { $count } Tag
       *[other] noch { $count } Tage
    }
draft-found = Sie haben hier etwas begonnen und nicht abgeschickt.
draft-take = Damit weitermachen
draft-drop = Verwerfen
unsent = Das wurde nicht gesendet: Es besteht keine Verbindung. Bitte versuchen Sie es noch einmal.
copy = Kopieren
copied = Kopiert
span-minutes = { $count ->
        [one] einer Minute
       *[other] { $count } Minuten
    }
span-hours = { $count ->
        [one] einer Stunde
       *[other] { $count } Stunden
    }
span-days = { $count ->
        [one] einem Tag
       *[other] { $count } Tagen
    }
# Pages for people who come by a link.
page-languages = Diese Seite in einer anderen Sprache
link-gone-title = Dieser Link führt ins Leere
