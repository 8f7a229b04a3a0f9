# The Italian of the command line.

## Help

the-crm-for-small-and-medium-companies-one-program-with-its-database-inside = Il CRM per le piccole e medie imprese: un solo programma con il database dentro
the-folder-of-the-data-also-bottega-data = La cartella dei dati (anche BOTTEGA_DATA)
a-postgresql-database-instead-postgres-also-bottega-database-url = Un database PostgreSQL al suo posto: postgres://… (anche BOTTEGA_DATABASE_URL)
the-file-with-the-secret-key-without-it-secret-key-in-the-folder-of-the-data-also-bottega-secret-key-file = Il file con la chiave segreta; senza, secret.key nella cartella dei dati (anche BOTTEGA_SECRET_KEY_FILE)
the-configuration-file-bottega-toml-where-there-is-one = Il file di configurazione; bottega.toml, se c'è
the-language-of-messages-it-or-en = La lingua dei messaggi: it o en
serve-the-company = Avvia il server dell'azienda
start-a-made-up-company-to-try-everything-on = Avvia un'azienda inventata su cui provare tutto
the-users = Gli utenti
the-tokens-for-the-api = I token per l'API
bring-in-a-file-csv-tsv-or-xlsx = Importa un file: CSV, TSV o XLSX
copy-everything-into-one-file-while-the-server-runs = Copia tutto in un solo file, anche a server acceso
put-a-backup-into-an-empty-folder-or-database = Ripristina una copia in una cartella o in un database vuoti
say-what-is-wrong-with-the-data-and-what-to-do = Dice che cosa non va nei dati e che cosa fare
the-secret-key-that-the-passwords-of-other-servers-and-the-second-factors-are-kept-with = La chiave segreta con cui si custodiscono le password degli altri server e i secondi fattori
make-a-key-in-a-new-file = Crea una chiave in un nuovo file
start-anew-with-another-key-when-it-is-lost-what-the-old-one-keeps-must-be-given-again = Ricomincia con un'altra chiave quando è persa: ciò che custodiva va dato di nuovo
mend-what-can-be-derived-again = Ripara ciò che si può ricavare di nuovo
the-address-to-answer-at-port-0-takes-a-free-one-127-0-0-1-8080 = L'indirizzo su cui rispondere; la porta 0 ne prende una libera [127.0.0.1:8080]
believe-x-forwarded-for-only-where-nobody-reaches-the-program-but-through-a-reverse-proxy = Credi a X-Forwarded-For: solo dove al programma si arriva soltanto attraverso un reverse proxy
answer-so-many-seconds-on-when-told-to-end-and-say-at-readyz-that-it-ends-for-several-nodes-behind-a-balancer-0 = Continua a rispondere per tanti secondi quando deve chiudere, e lo dice su /readyz: per più nodi dietro un bilanciatore [0]
say-what-prometheus-asks-at-this-address-which-nobody-else-should-reach-as-in-127-0-0-1-9464 = Rispondi a Prometheus a questo indirizzo, che nessun altro dovrebbe raggiungere: per esempio 127.0.0.1:9464
how-the-log-is-written-to-standard-error-text-or-json-for-programs-text = Come si scrive il registro sullo standard error: text, oppure json per i programmi [text]
what-is-logged-error-warn-info-debug-request-warn-after-a-comma-leaves-the-requests-out-info = Che cosa si registra: error, warn, info, debug; request=warn dopo una virgola tralascia le richieste [info]
let-people-sign-in-without-tls-from-other-machines-only-on-a-network-that-is-trusted = Permetti l'accesso senza TLS da altre macchine: solo in una rete fidata
answer-other-machines-too = Rispondi anche alle altre macchine
the-same-number-makes-the-same-company = Lo stesso numero fa la stessa azienda
the-day-that-it-shall-be-as-in-2026-12-31 = Il giorno che deve essere, come 2026-12-31
how-many-companies-and-people = Quante aziende e persone
a-line-a-user-e-mail-roles-active-or-disabled = Una riga per utente: e-mail, ruoli, attivo (active) o disattivato (disabled)
make-a-user-without-a-password-one-is-made-up-and-printed = Crea un utente; senza password ne viene inventata e stampata una
keep-a-user-from-signing-in = Impedisci l'accesso a un utente
let-a-user-sign-in-again = Permetti di nuovo l'accesso a un utente
give-a-user-another-password-without-one-it-is-made-up-and-printed = Dai un'altra password a un utente; senza, ne viene inventata e stampata una
first-and-last-name-what-stands-before-the-where-it-is-missing = Nome e cognome; se mancano, ciò che sta prima della @
what-the-user-may-do-several-with-commas = Che cosa può fare l'utente; più ruoli separati da virgole
the-name-of-the-user-s-team-which-must-be-there = Il nome del gruppo dell'utente, che deve già esserci
others-on-this-machine-can-see-it-better-password-stdin = Altri su questa macchina possono vederla: meglio --password-stdin
read-the-password-from-standard-input = Leggi la password dallo standard input
make-a-token-with-the-rights-of-a-user-it-is-printed-only-now = Crea un token con i diritti di un utente; viene stampato solo adesso
the-user-s-e-mail = L'e-mail dell'utente
what-it-is-for = A che cosa serve
what-is-in-the-file-parties-companies-people-affiliations-sites = Che cosa c'è nel file: parties, companies, people, affiliations, sites
a-profile-as-a-json-file-which-column-is-what = Un profilo, come file JSON: quale colonna è che cosa
say-what-would-come-of-it-and-write-nothing = Di' che cosa ne verrebbe, senza scrivere nulla
the-counts-as-a-json-object = I conteggi come oggetto JSON
on-whose-behalf-by-e-mail-the-program-itself-where-it-is-missing = A nome di chi, con l'e-mail; del programma stesso, se manca
show-this-help = Mostra questo aiuto
show-the-version = Mostra la versione

## What went wrong

somebody-else-changed-this-at-the-same-moment-try-again = Qualcun altro l'ha modificato nello stesso momento: riprova
the-disk-is-full-make-room-and-do-it-again = Il disco è pieno: fai spazio e riprova.
something-went-wrong-what = Qualcosa è andato storto: { $what }
file-cannot-be-read-why = Non si può leggere { $file }: { $why }
level-is-no-level-of-the-log-why = { $level } non è un livello del registro: { $why }
there-is-no-user-name = Non c'è nessun utente { $name }
there-is-no-team-name = Non c'è nessun gruppo { $name }
address-cannot-be-listened-at-why = Non si può rispondere su { $address }: { $why }
name-is-nothing-that-can-be-imported-there-are-known = { $name } non si può importare; ci sono { $known }
this-is-not-the-demo-s-folder-it-holds-other-records = Questa non è la cartella della demo: contiene altri dati
the-demo-was-left-half-made-delete-its-folder-and-start-it-again = La demo è rimasta a metà: cancella la sua cartella e riavviala
the-demo-answers-this-machine-only-anyone-opens-it-to-others = La demo risponde solo a questa macchina; --anyone la apre alle altre

## What was done

keep-this-token-safe-it-is-not-shown-again = Conserva bene questo token: non verrà più mostrato
the-password-shown-only-now = La password, mostrata solo adesso:
open-this-link-to-make-the-administrator-url = Apri questo link per creare l'amministratore: { $url }
metrics-url = Metriche: { $url }
finishing-what-runs = Finisco ciò che è in corso…
the-demo-is-made-count-companies-and-people = La demo è pronta: { $count } aziende e persone
the-demo-is-there-already-and-goes-on-as-it-was-left = La demo c'è già e riprende da dove era rimasta
sign-in-as-one-of-these-with-the-password-password = Accedi come uno di questi, con la password { $password }:
nothing-was-written-this-is-what-would-come-of-it = Non è stato scritto nulla; ecco che cosa ne verrebbe:
rows-read-count = Righe lette: { $count }
created-count = Create: { $count }
updated-count = Aggiornate: { $count }
skipped-count = Saltate: { $count }
refused-count = Rifiutate: { $count }
warnings-count = Avvisi: { $count }
line-line-text = Riga { $line }: { $text }
the-refused-rows-to-correct-and-bring-in-again-file = Le righe rifiutate, da correggere e importare di nuovo: { $file }

## The secret key

the-key-is-in-file-give-it-to-every-node-and-keep-a-copy-apart-from-the-backups = La chiave è in { $file }: dalla a ogni nodo e tienine una copia lontano dalle copie dei dati
the-key-is-forgotten-the-next-start-takes-the-one-that-it-is-given-or-makes-one = La chiave è dimenticata: il prossimo avvio prende quella che gli viene data, o ne crea una
these-data-were-used-with-no-key = Questi dati non erano usati con nessuna chiave
bottega-secret-key-is-no-secret-key-it-must-hold-32-bytes-in-base64 = BOTTEGA_SECRET_KEY non è una chiave segreta: deve contenere 32 byte in Base64
file-is-no-secret-key-it-must-hold-32-bytes-in-base64 = { $file } non è una chiave segreta: deve contenere 32 byte in Base64
file-is-there-already-a-key-is-never-written-over = { $file } c'è già: una chiave non viene mai sovrascritta
the-secret-key-cannot-be-written-to-file-why = Non si può scrivere la chiave segreta in { $file }: { $why }
these-data-were-used-with-a-secret-key-which-is-missing-give-it-with-secret-key-file-put-it-back-in-the-data-folder-as-secret-key-or-start-anew-with-bottega-secret-key-forget = Questi dati erano usati con una chiave segreta, che manca: dalla con --secret-key-file, rimettila nella cartella dei dati come secret.key, o ricomincia con bottega secret-key forget
the-secret-key-is-another-than-the-one-that-these-data-were-used-with-give-that-one-or-start-anew-with-bottega-secret-key-forget = La chiave segreta non è quella con cui questi dati erano usati: dai quella, o ricomincia con bottega secret-key forget
the-server-has-no-secret-key-to-keep-this-with-whoever-runs-it-makes-one-with-bottega-secret-key-create-and-gives-it-to-all-nodes = Il server non ha una chiave segreta con cui custodirlo: chi lo gestisce ne crea una con bottega secret-key create e la dà a tutti i nodi
the-secret-key-is-not-keep-a-copy-of-it-in-another-place = La chiave segreta no: tienine una copia in un altro posto
the-secret-key-it-was-used-with-is-not-here-the-password-of-the-mail-server-and-the-second-factors-must-be-given-again-to-keep-them-restore-again-with-secret-key-file = La chiave segreta con cui era usato non è qui: la password del server di posta e i secondi fattori vanno dati di nuovo. Per conservarli, ripristina di nuovo con --secret-key-file

## Backup and doctor

everything-is-in-file = Tutto è in { $file }
file-is-restored = { $file } è ripristinato
file-is-there-already-give-the-backup-another-name = { $file } c'è già: dai un altro nome alla copia
file-is-no-backup-why = { $file } non è una copia di Bottega: { $why }
there-are-records-here-already-restore-into-an-empty-folder-or-database = Qui ci sono già dei dati: ripristina in una cartella o in un database vuoti
the-backup-is-of-a-newer-bottega-update-the-program = La copia è di una versione più nuova di Bottega: aggiorna il programma
the-backup-holds-table-which-this-program-does-not-know-update-the-program = La copia contiene { $table }, che questo programma non conosce: aggiorna il programma
there-is-no-data-in-folder = Non ci sono dati in { $folder }
all-is-well = Tutto a posto
mended = Riparato
the-schema-lacked-count-tables-columns-or-indexes-they-were-added = { $count ->
    [one] Allo schema mancava { $count } tabella, colonna o indice: è stato aggiunto
   *[other] Allo schema mancavano { $count } tabelle, colonne o indici: sono stati aggiunti
}
the-database-is-damaged-what = Il database è danneggiato: { $what }
restore-the-last-backup = Ripristina l'ultima copia
run-bottega-doctor-fix = Esegui bottega doctor --fix
upload-it-again-or-restore-the-last-backup = Caricalo di nuovo, o ripristina l'ultima copia
the-file-name-is-damaged = Il file { $name } è danneggiato
the-file-name-is-gone = Il file { $name } non c'è più
files-that-records-refer-to-and-that-are-not-there-count = File a cui delle schede rimandano e che non ci sono: { $count }
files-in-the-data-folder-that-belong-to-nothing-count = File della cartella dei dati che non servono a niente: { $count }
the-sequence-name-would-give-a-number-twice = La sequenza { $name } darebbe due volte lo stesso numero
texts-were-prepared-for-sorting-and-search-by-another-version-of-the-program = I testi sono stati preparati per ordine e ricerca da un'altra versione del programma
entity-count-records-have-lost-their-row = { $count ->
    [one] { $entity }: { $count } scheda ha perso la sua riga
   *[other] { $entity }: { $count } schede hanno perso la loro riga
}
entity-count-records-are-sorted-by-an-outdated-text = { $count ->
    [one] { $entity }: { $count } scheda è ordinata secondo un testo superato
   *[other] { $entity }: { $count } schede sono ordinate secondo un testo superato
}
entity-count-records-are-looked-up-by-outdated-numbers-or-codes = { $count ->
    [one] { $entity }: { $count } scheda si cerca con numeri o codici superati
   *[other] { $entity }: { $count } schede si cercano con numeri o codici superati
}
entity-count-records-are-not-seen-by-those-in-charge-alone = { $count ->
    [one] { $entity }: { $count } scheda non la vede solo chi deve
   *[other] { $entity }: { $count } schede non le vede solo chi deve
}
entity-count-records-have-an-outdated-title = { $count ->
    [one] { $entity }: { $count } scheda ha un titolo superato
   *[other] { $entity }: { $count } schede hanno un titolo superato
}
entity-count-records-are-not-found-by-the-search = { $count ->
    [one] { $entity }: { $count } scheda non si trova con la ricerca
   *[other] { $entity }: { $count } schede non si trovano con la ricerca
}
