# Die Worte der Einwilligung. Wer einen Text bis „Die Seite des Empfängers“ ändert, erhöht VERSION in wording.rs.
introductions-purpose = Eine Person und ein Unternehmen durch eine E-Mail an beide miteinander bekannt machen
introductions-question = { $giver } ({ $giver_business }) möchte Sie mit { $receiver } bekannt machen. Es geht um: { $need }. Wenn Sie zustimmen, erhält { $receiver }: { $shared }. Sind Sie einverstanden?
introductions-consent = Ja. { $giver } ({ $giver_business }) darf mich mit { $receiver } bekannt machen. Es geht um: { $need }. { $receiver } erhält dafür: { $shared }.
introductions-said-no = Nein, ich möchte nicht bekannt gemacht werden.
introductions-said-not-now = Jetzt nicht.
introductions-said-never-again = Nie wieder. Ich möchte nicht bekannt gemacht und nie mehr gefragt werden.
introductions-said-taken-back = Ich nehme meine letzte Antwort zurück.
introductions-said-withdrawn = Ich widerrufe meine Einwilligung.
introductions-shared-name = Name
introductions-shared-company = Firma
introductions-shared-email = E-Mail-Adresse
introductions-shared-phone = Telefonnummer
introductions-and = und
# Die Seite des Empfängers.
introductions-page-title = { $giver } möchte Sie mit { $receiver } bekannt machen
introductions-page-hello = Guten Tag { $prospect },
introductions-page-who = { $giver } von { $giver_business } möchte Sie mit { $receiver } in { $city } bekannt machen. Zum Antworten brauchen Sie kein Konto.
introductions-page-need = Es geht um
introductions-page-words = { $giver } schreibt Ihnen
introductions-page-attested = { $giver } gibt an, dass Sie am { $date } zugestimmt haben ({ $how }), mit diesen Worten:
introductions-page-attested-ask = Bitte bestätigen Sie das, oder sagen Sie nein.
introductions-page-shared = Wenn Sie ja sagen und { $receiver } ebenfalls zustimmt, erhält { $receiver }: { $shared }. Sie erhalten mit derselben E-Mail die Kontaktdaten der anderen Seite. Bis dahin wird nichts weitergegeben.
introductions-answer-legend = Ihre Antwort
introductions-answer-required = Bitte wählen Sie eine der Antworten.
introductions-answer-send = Antwort senden
introductions-answer-marked = Das haben Sie in der E-Mail gewählt. Es gilt erst, wenn Sie es absenden.
introductions-answer-until = Sie können bis { $date } antworten. Ohne Antwort wird hier am { $wiped } alles über Sie gelöscht.
introductions-code-label = Der vierstellige Code
introductions-code-why = Manche E-Mail-Programme öffnen Links und drücken Knöpfe von selbst. Damit keine Maschine in Ihrem Namen zustimmt, tippen Sie bitte den Code ab, der in der E-Mail oder Nachricht mit diesem Link steht. Zum Ablehnen brauchen Sie ihn nicht.
introductions-code-wrong = Das ist nicht der Code. Bitte sehen Sie noch einmal nach.
introductions-code-locked = Der Code wurde zu oft falsch eingegeben; diese Seite kann kein Ja mehr annehmen. Ablehnen können Sie weiterhin. Wenn Sie zustimmen möchten, schreiben Sie bitte an { $giver }.
introductions-trap-field = Dieses Feld bitte leer lassen
introductions-trap-button = Nur für Maschinen: nicht drücken
introductions-data-title = Zu Ihren Daten
introductions-data-source = Woher sie stammen
introductions-data-source-is = { $giver } von { $giver_business } hat Ihren Namen eingetragen und wie Sie zu erreichen sind.
introductions-data-purpose = Wozu sie dienen
introductions-data-purpose-is = Nur dazu, Ihnen diese eine Frage zu stellen und Sie, wenn Sie zustimmen, mit { $receiver } bekannt zu machen. Das ist zulässig, weil wir fragen, bevor etwas weitergegeben wird, und danach, weil Sie eingewilligt haben.
introductions-data-recipient = Wer sie erhält
introductions-data-recipient-is = { $receiver }, und nur wenn Sie zustimmen: { $shared }. { $giver } erfährt, ob Sie bekannt gemacht wurden. Sonst niemand.
introductions-data-retention = Wie lange sie gespeichert werden
introductions-data-retention-is = { $days ->
    [one] Kommt es zu keiner Vorstellung, werden sie nach { $days } Tag gelöscht.
   *[other] Kommt es zu keiner Vorstellung, werden sie nach { $days } Tagen gelöscht.
} Es bleibt der Nachweis, was Sie gefragt wurden und geantwortet haben, und ein Fingerabdruck Ihrer Adresse, damit wir uns an Ihre Antwort halten können.
introductions-data-rights = Ihre Rechte
introductions-data-rights-is = Sie können Auskunft verlangen, Ihre Daten berichtigen oder löschen lassen, der Verwendung widersprechen, Ihre Einwilligung jederzeit auf dieser Seite widerrufen und sich bei einer Datenschutzbehörde beschweren.
introductions-data-responsible = Wer verantwortlich ist
introductions-data-responsible-is = { $giver_business } und der Betreiber dieses Servers: { $address }
introductions-data-commission = Provision
introductions-no-commission = Niemand erhält dafür eine Provision.
introductions-state-title = Ihre Antwort: Vorstellung bei { $receiver }
introductions-state-waiting = Sie haben am { $date } ja gesagt. { $receiver } hat noch nicht zugestimmt. Sobald das geschieht, erhalten beide Seiten eine E-Mail mit den Kontaktdaten der anderen. Bis dahin wird nichts weitergegeben.
introductions-state-agreed = Sie haben am { $date } ja gesagt, und { $receiver } hat ebenfalls zugestimmt. Um { $time } werden Sie miteinander bekannt gemacht.
introductions-state-made = Sie haben am { $date } ja gesagt und wurden mit { $receiver } bekannt gemacht.
introductions-state-no = Sie haben am { $date } nein gesagt. Es wird nichts weitergegeben.
introductions-state-not-now = Sie haben am { $date } „jetzt nicht“ gesagt. Es wird nichts weitergegeben.
introductions-state-never-again = Sie haben am { $date } gesagt, dass Sie nie mehr gefragt werden möchten. Es wird nichts weitergegeben, und von hier geht keine E-Mail mehr an Ihre Adresse.
introductions-state-closed = Aus dieser Vorstellung wird nichts, aus Gründen, die nichts mit Ihnen zu tun haben. Es wurde nichts weitergegeben.
introductions-state-withdrawn = Sie haben Ihre Einwilligung am { $date } widerrufen. Ihre Daten sind hier gelöscht.
introductions-state-withdrawn-made = Sie haben Ihre Einwilligung am { $date } widerrufen. Ihre Daten sind hier gelöscht, und { $receiver } sieht, dass Sie widerrufen haben.
introductions-undo = Antwort zurücknehmen
introductions-undo-until = Ein Versehen? Bis { $time } können Sie die Antwort zurücknehmen.
introductions-withdraw-title = Anders überlegt?
introductions-withdraw-words = Sie können Ihre Einwilligung jederzeit widerrufen. Dann werden Ihre Daten hier sofort gelöscht. Was vorher weitergegeben wurde, wurde rechtmäßig weitergegeben.
introductions-withdraw = Einwilligung widerrufen
introductions-gone = Er ist falsch, oder seine Zeit ist vorbei. Wenn jemand Sie mit einem Unternehmen bekannt machen möchte, bekommen Sie einen neuen Link.
# Die Seite zum Abbestellen.
introductions-stop-title = Keine E-Mails mehr
introductions-stop-words = Hier bestellen Sie E-Mails dieses Servers an Ihre Adresse ab. Eine Anfrage, die auf Ihre Antwort wartet, ist damit abgelehnt.
introductions-stop-everything = Nie wieder schreiben
introductions-stop-circle = Nichts mehr aus dem Kreis „{ $circle }“
introductions-stopped = Erledigt. An Ihre Adresse gehen keine solchen E-Mails mehr.
introductions-stop-undo = E-Mails wieder zulassen
introductions-stop-undone = E-Mails an Ihre Adresse sind wieder zugelassen.
# Der fertige Text des Gebers.
introductions-share-text =
    Guten Tag { $prospect },

    ich möchte Sie mit { $receiver } bekannt machen. Es geht um: { $need }

    Ja oder nein? Hier können Sie antworten, ohne Konto: { $link }

    Falls die Seite nach einem Code fragt: { $code }

    { $giver }, { $giver_business }
# Der Nachweis.
introductions-record-title = Nachweis der Einwilligung
introductions-record-of = Nachweis zur Empfehlung
introductions-record-back = Zur Empfehlung
introductions-record-words = Was die Person gefragt wurde und geantwortet hat, Zeile für Zeile. Hier lässt sich nichts ändern oder entfernen.
introductions-record-none = Noch wurde niemand gefragt.
introductions-record-person = Person (Fingerabdruck der Adresse)
introductions-record-receiver = Genannter Empfänger
introductions-record-version = Fassung und Sprache
introductions-record-channel = Weg
introductions-record-witness = Festgehalten von
introductions-record-given = gesagt am { $date }
introductions-record-purpose = Zweck
introductions-kind-asked = gefragt
introductions-kind-attested = bezeugt
introductions-kind-given = eingewilligt
introductions-kind-confirmed = bestätigt
introductions-kind-refused = abgelehnt
introductions-kind-not-now = jetzt nicht
introductions-kind-withdrawn = widerrufen
introductions-kind-taken-back = zurückgenommen
introductions-channel-page = auf der Seite
introductions-channel-mail = E-Mail dieses Servers
introductions-channel-link = persönlicher Link
introductions-channel-in-person = persönlich
introductions-channel-phone = am Telefon
introductions-channel-writing = schriftlich
introductions-channel-one-click = Abbestellknopf des E-Mail-Programms
introductions-channel-email = per E-Mail
introductions-channel-message = per Nachricht
field-path-not-allowed = Diesen Weg zum Interessenten erlaubt der Kreis nicht.
field-not-a-personal-way = Bitte wählen Sie, auf welchem Weg die Person es gesagt hat.
field-in-the-future = Das liegt in der Zukunft.
problem-prospect-not-available = Diese Person kann zurzeit nicht gefragt werden.
problem-undo-too-late = Zum Zurücknehmen ist es zu spät: Die Antwort wirkt bereits.
problem-no-consent = Es gibt keine Einwilligung, die widerrufen werden könnte.
