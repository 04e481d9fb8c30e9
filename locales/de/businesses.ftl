businesses-partners = Partner
businesses-trade = Branche
businesses-country = Land (zwei Buchstaben)
businesses-postal-code = Postleitzahl
businesses-words = Stichwörter
businesses-search = Suchen
businesses-show-all = Alle anzeigen
businesses-invite-them = Jemanden in Ihren Kreis einladen
businesses-nobody-found = Niemand passt. Versuchen Sie es mit weniger Wörtern oder einer größeren Region.
businesses-more = Mehr anzeigen
businesses-paused = nimmt zurzeit keine Empfehlungen an
businesses-regulated = reglementierter Beruf
businesses-regulated-why = Wer diesen Beruf ausübt, darf für eine Empfehlung weder Vorteile gewähren noch annehmen. Er gibt und erhält Empfehlungen wie alle anderen, aber ohne Punkte und Prämien.
businesses-trades = Branchen
businesses-trades-how = Ein bis fünf Branchen. Tippen Sie einen Namen und wählen Sie aus der Liste; die erste ist Ihre Hauptbranche.
businesses-main-trade = Hauptbranche
businesses-further-trade = Weitere Branche
businesses-place = Ort
businesses-regions = Einsatzgebiete
businesses-regions-how = Ein Land, oder ein Land und der Anfang einer Postleitzahl, durch Kommas getrennt: DE 10, DE 14, AT
businesses-regions-list = Gebiete
businesses-description = Über uns
businesses-ideal-referral = Die Empfehlung, die wir uns wünschen
businesses-website = Website
businesses-phone = Telefon
businesses-tax-number = USt-IdNr.
businesses-tax-number-hint = Freiwillig. Wird nur verglichen, nie aufbewahrt oder gezeigt: So wird niemand an sich selbst empfohlen.
businesses-tax-number-stated = Eine Nummer ist angegeben. Sie wird nur verglichen und lässt sich nicht zeigen; geben Sie eine andere ein, um sie zu ersetzen.
businesses-tax-number-remove = Die angegebene Nummer entfernen
businesses-edit = Profil bearbeiten
businesses-exclusions = Kein Austausch
businesses-exclusions-why = Das sehen nur Sie. Ausgeschlossene Unternehmen werden einfach nicht vorgeschlagen und können nicht gewählt werden.
businesses-exclusions-none = Sie schließen niemanden aus. Das können Sie auf der Seite eines Partners tun.
businesses-not-from = Keine Empfehlungen von diesem Unternehmen annehmen
businesses-from-again = Wieder Empfehlungen von diesem Unternehmen annehmen
businesses-not-to = Keine Empfehlungen an dieses Unternehmen geben
businesses-to-again = Wieder Empfehlungen an dieses Unternehmen geben
businesses-not-from-short = Sie nehmen keine Empfehlungen von diesem Unternehmen an
businesses-not-to-short = Sie geben keine Empfehlungen an dieses Unternehmen
businesses-settings = Unser Unternehmen
businesses-capacity = Empfehlungen annehmen
businesses-is-open = Sie nehmen Empfehlungen an.
businesses-is-paused = Sie nehmen zurzeit keine Empfehlungen an.
businesses-pause = Pausieren
businesses-resume = Wieder Empfehlungen annehmen
businesses-profile = Profil
businesses-name = Name des Unternehmens
businesses-city = Ort
businesses-open-referrals-max = Höchstens so viele offene Empfehlungen gleichzeitig
businesses-commission-sentence = Satz zur Provision
businesses-commission-sentence-why = Wenn Sie für Empfehlungen zahlen, erfährt es der Kunde durch diesen Satz, in jeder Vorstellung. Ohne ihn sagt die Vorstellung, dass niemand eine Provision erhält.
businesses-save = Speichern
businesses-customers = Unsere Kunden
businesses-customers-why = Fügen Sie die E-Mail-Adressen und Telefonnummern Ihrer Kunden ein. Sie werden sofort in verschlüsselte Prüfwerte verwandelt; die Liste selbst wird weder gespeichert noch angezeigt. So lässt sich vor einer Empfehlung beantworten: „Schon Ihr Kunde?“
businesses-customers-count =
    { $count ->
        [0] Noch ist nichts gemerkt.
        [one] Eine Adresse oder Nummer ist gemerkt.
       *[other] { $count } Adressen und Nummern sind gemerkt.
    }
businesses-customers-list = Adressen und Telefonnummern, eine je Zeile (höchstens 5.000)
businesses-customers-remember = Merken
businesses-customers-forget = Alle vergessen
businesses-customers-forget-means = Das lässt sich nicht rückgängig machen: Die Prüfwerte werden gelöscht, und Sie müssten die Liste neu einlesen.
businesses-imported-added =
    { $count ->
        [0] Nichts war neu.
        [one] Ein Eintrag war neu und ist jetzt gemerkt.
       *[other] { $count } Einträge waren neu und sind jetzt gemerkt.
    }
businesses-imported-known =
    { $count ->
        [one] Ein Eintrag war schon bekannt.
       *[other] { $count } Einträge waren schon bekannt.
    }
businesses-imported-unreadable =
    { $count ->
        [one] Ein Eintrag ist weder Adresse noch Telefonnummer. Seine Stelle in der Liste:
       *[other] { $count } Einträge sind weder Adresse noch Telefonnummer. Ihre Stellen in der Liste:
    }
done-businesses-saved = Gespeichert.
done-businesses-customers-forgotten = Alle Prüfwerte Ihrer Kunden sind gelöscht.
field-not-a-trade = Bitte wählen Sie eine Branche aus der Liste.
field-a-group-of-trades = Das ist eine Gruppe: Bitte wählen Sie eine ihrer Branchen.
field-named-twice = Etwas ist doppelt genannt.
field-too-many = Das sind zu viele.
field-not-a-website = Bitte schreiben Sie die ganze Adresse, etwa https://example.org.
field-regulated-trade = Ein reglementierter Beruf verspricht keinen Vorteil für eine Empfehlung.
field-link-or-number = Hier bitte keine Links, Adressen oder Telefonnummern.
field-not-a-business = Bitte wählen Sie ein anderes Unternehmen.
problem-not-your-business = Das ist ein anderes Unternehmen: Nur seine eigenen Leute dürfen es ändern.
problem-trade-in-use = Mit einer dieser Branchen sind Sie Mitglied eines Kreises. Verlassen Sie zuerst den Kreis, oder behalten Sie die Branche.
problem-commission-promised = Ein reglementierter Beruf verspricht keine Provision. Leeren Sie zuerst den Satz zur Provision.
problem-too-many-customers = Mehr Kunden können nicht gemerkt werden.
businesses-own-profile = Unser Profil
businesses-pass-referral = Empfehlung weitergeben
businesses-no-ideal = Dazu ist noch nichts gesagt.
businesses-no-ideal-own = Sagen Sie, wen Sie kennenlernen möchten: Andere empfehlen, was sie wiedererkennen.
businesses-answers = Antworten auf Angebote
businesses-answers-within = Antwortet meist innerhalb von { $span }.
businesses-answers-accepted = Nimmt { $percent }{"\u00A0"}% der Angebote an.
businesses-answers-few = Unter { $needed } Antworten lässt sich nichts Typisches sagen.
businesses-together = Gemeinsame Kreise
businesses-together-none = Sie haben keinen gemeinsamen Kreis, und Empfehlungen werden in Kreisen gegeben.
public-title = Öffentliche Seite
public-explained = Eine Seite über Ihr Unternehmen, die alle ohne Konto lesen können: für Visitenkarte, Firmenwagen und die letzte Zeile Ihrer E-Mails.
public-is-on = eingeschaltet
public-is-off = Ihre öffentliche Seite ist ausgeschaltet. Ein Inhaber Ihres Unternehmens kann sie einschalten.
public-link = Ihr Link
public-copy = Link kopieren
public-copied = Kopiert
public-code = QR-Code
public-card = Visitenkarte (vCard)
public-code-told = QR-Code, der zur öffentlichen Seite von { $business } führt
public-what = Sie zeigt Name, Branchen, Einsatzgebiete, Ort, Website und die Empfehlung, die Sie sich wünschen. Keine Telefonnummer und nichts von einzelnen Menschen. Wer sie liest, wird nicht festgehalten.
public-choose = Ihr Unternehmen zeigen
public-on = Die Seite allen zeigen, die den Link haben
public-indexed = Suchmaschinen dürfen sie aufnehmen
public-address-stays = Die Adresse entsteht beim ersten Mal aus Ihrem Namen und bleibt, damit Gedrucktes weiter funktioniert. Ausgeschaltet sieht es aus, als hätte es nie eine Seite gegeben.
businesses-country-short = Land
