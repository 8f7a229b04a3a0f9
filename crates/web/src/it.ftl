# The Italian of the shell and of the floors below it. A sentence's id is the slug of its English (`base::text::slug`);
# a message with attributes names a declaration. The modules of the product bring their own files.
# Tu, present tense, short. What comes in between is bound with a placeholder of the same name as in the English.

## What every record has

record = Scheda
    .created_at = Creata il
    .in_charge = In carico
    .open_to_all = Visibile a tutti
    .updated_at = Modificata il

## base: codes

the-iban-does-not-add-up-one-character-is-wrong = L'IBAN non torna: c'è un carattere sbagliato.
the-iban-is-not-written-as-in-its-country = L'IBAN non è scritto come si usa nel suo paese.
the-italian-iban-has-27-characters-here-there-are-count = { $count ->
    [one] L'IBAN italiano ha 27 caratteri: qui ce n'è { $count }.
   *[other] L'IBAN italiano ha 27 caratteri: qui sono { $count }.
}
the-sdi-code-has-7-characters-6-for-public-offices-here-there-are-count = { $count ->
    [one] Il codice SDI ha 7 caratteri, 6 per gli uffici pubblici: qui ce n'è { $count }.
   *[other] Il codice SDI ha 7 caratteri, 6 per gli uffici pubblici: qui sono { $count }.
}
the-sdi-code-is-made-of-letters-and-digits-only = Il codice SDI ha solo lettere e cifre.
the-tax-code-does-not-add-up-one-character-is-wrong = Il codice fiscale non torna: c'è un carattere sbagliato.
the-tax-code-has-16-characters-or-11-digits-for-companies-here-there-are-count = { $count ->
    [one] Il codice fiscale ha 16 caratteri, o 11 cifre per le aziende: qui ce n'è { $count }.
   *[other] Il codice fiscale ha 16 caratteri, o 11 cifre per le aziende: qui sono { $count }.
}
the-tax-code-has-a-letter-where-a-digit-belongs-or-the-other-way-round = Il codice fiscale ha una lettera al posto di una cifra, o una cifra al posto di una lettera.
the-vat-number-does-not-add-up-one-digit-is-wrong = La partita IVA non torna: c'è una cifra sbagliata.
the-vat-number-has-11-digits-here-there-are-count = { $count ->
    [one] La partita IVA ha 11 cifre: qui ce n'è { $count }.
   *[other] La partita IVA ha 11 cifre: qui sono { $count }.
}
the-vat-number-is-made-of-digits-only-here-there-are-letters = La partita IVA ha solo cifre: qui ci sono lettere.

## base: dates

april = aprile
august = agosto
date-is-still-to-come-write-a-date-in-the-past = Il { $date } deve ancora venire: scrivi una data passata.
december = dicembre
february = febbraio
january = gennaio
july = luglio
june = giugno
march = marzo
may = maggio
november = novembre
october = ottobre
september = settembre
text-is-not-a-date-write-it-like-31-12-2026 = «{ $text }» non è una data: scrivila così, 31/12/2026.
text-write-the-year-with-four-digits = «{ $text }»: scrivi l'anno con quattro cifre.
there-is-no-day-day-in-month-year = Il { $day } { $month } { $year } non esiste.
there-is-no-month-month-write-day-month-and-year = Il mese { $month } non esiste: scrivi giorno, mese e anno.
write-a-date-for-example-31-12-2026 = Scrivi una data, per esempio 31/12/2026.

## base: numbers and money

text-has-decimals-a-whole-number-is-needed-here = «{ $text }» ha decimali: qui serve un numero intero.
text-has-too-many-decimals-at-most-count-here = { $count ->
    [one] «{ $text }» ha troppi decimali: qui ce ne sta { $count }.
   *[other] «{ $text }» ha troppi decimali: qui ce ne stanno al massimo { $count }.
}
text-is-not-a-currency-write-its-three-letters-for-example-eur = «{ $text }» non è una valuta: scrivi le sue tre lettere, per esempio EUR.
text-is-not-a-number-write-it-like-example = «{ $text }» non è un numero: scrivilo così, { $example }.
text-is-not-an-amount-in-currency-write-digits-with-a-point-and-at-most-count-decimals = { $count ->
    [0] «{ $text }» non è un importo in { $currency }: scrivi solo cifre, senza decimali.
    [one] «{ $text }» non è un importo in { $currency }: scrivi cifre con un punto e al massimo { $count } decimale.
   *[other] «{ $text }» non è un importo in { $currency }: scrivi cifre con un punto e al massimo { $count } decimali.
}
text-is-too-large-a-number = «{ $text }» è un numero troppo grande.
write-a-number-for-example-example = Scrivi un numero, per esempio { $example }.

## meta: the kinds of one of several values

billing = Fatturazione
delivery = Consegna
facebook = Facebook
fax = Fax
home = Casa
instagram = Instagram
linkedin = LinkedIn
mobile = Cellulare
operating-address = Sede operativa
other = Altro
registered-office = Sede legale
switchboard = Centralino
web-site = Sito web
work = Lavoro

## meta: operators of filters, between field and value

at-least = almeno
at-most = al massimo
between = tra
contains = contiene
has = ha
is = è
is-empty = è vuoto
is-not = non è
is-one-of = è uno di
less-than = meno di
more-than = più di
starts-with = inizia con
within = entro

## meta: filters

a-condition-of-a-filter-names-its-field = Una condizione del filtro dice il suo campo.
a-filter-is-an-object-with-a-field-or-a-group = Un filtro è un oggetto con un campo, oppure un gruppo.
a-filter-takes-at-most-200-values = Un filtro prende al massimo 200 valori.
a-group-of-a-filter-is-a-list = Un gruppo del filtro è un elenco.
between-takes-two-values = L'operatore between vuole due valori.
empty-is-true-or-false = L'operatore empty vuole true oppure false.
name-is-not-part-of-a-filter = { $name } non fa parte di un filtro.
op-does-not-fit-field = L'operatore { $op } non va con il campo { $field }.
op-is-not-an-operator-of-filters = { $op } non è un operatore dei filtri.
the-filter-has-groups-within-groups-within-groups-that-is-too-deep = Il filtro ha troppi gruppi uno dentro l'altro.
the-filter-has-too-many-conditions = Il filtro ha troppe condizioni.
the-operator-of-a-filter-is-a-word = L'operatore di un filtro è una parola.
there-is-no-field-name = Il campo { $name } non c'è.
value-is-not-an-id = { $value } non è un id.
word-is-not-a-span-of-days = { $word } non è un periodo di giorni.

## meta: values

a-currency-such-as-eur = una valuta come EUR
a-date-such-as-2026-12-31 = una data come 2026-12-31
a-duration-is-written-1-30-or-90 = Scrivi la durata in ore e minuti (1:30) o in minuti (90).
a-list = un elenco
a-moment-such-as-2026-12-31t09-30-00z = un momento come 2026-12-31T09:30:00Z
a-number = un numero
a-text = un testo
an-address = un indirizzo
an-amount-such-as-1234-56 = un importo come "1234.56"
an-object-with-value-kind-and-primary = un oggetto con value, kind e primary
at-most-200-values-fit-here = Qui ci stanno al massimo 200 valori.
at-most-most-characters-fit-here-these-are-count = Qui ci stanno al massimo { $most } caratteri: questi sono { $count }.
degrees = un angolo in gradi
here-goes-expected = Qui va { $expected }.
latitude-and-longitude = un oggetto con latitude e longitude
the-id-of-a-record = l'id di una scheda
there-is-no-name-here = Qui non c'è { $name }.
this-is-not-a-web-address = Questo non è un indirizzo web.
true-or-false = true oppure false
value-does-not-read-as-a-phone-number-it-is-kept-as-it-is = «{ $value }» non sembra un numero di telefono: resta com'è scritto.
value-is-not-an-e-mail-address = «{ $value }» non è un indirizzo e-mail.
this-is-of-group-choose-one-of-chosen = Questo valore è di «{ $group }»: scegline uno di «{ $chosen }».
this-cannot-be-above-most = Qui non si va oltre { $most }.
this-cannot-be-below-least = Qui non si va sotto { $least }.
this-lies-between-least-and-most = Qui va un valore tra { $least } e { $most }.
value-is-not-offered-any-more-choose-another = «{ $value }» non si può più scegliere: prendi un altro valore.
value-is-not-one-of-the-values-offered = «{ $value }» non è tra i valori possibili.

## store

this-was-undone-already = Questa operazione è già stata annullata.

## towns

the-postal-code-has-5-digits-here-there-are-count = { $count ->
    [one] Il CAP ha 5 cifre: qui ce n'è { $count }.
   *[other] Il CAP ha 5 cifre: qui sono { $count }.
}
there-is-no-province-province = La provincia { $province } non esiste.
town-is-in-the-province-province = { $town } è in provincia di { $province }.
zip-is-not-a-postal-code-of-town = { $zip } non è un CAP di { $town }.

## engine: users, teams and roles

english = Inglese
italian = Italiano
role =
    .admin = Amministratore
    .agency = Agenzia
    .agent = Agente
    .manager = Responsabile
    .operator = Operatore
    .seller = Venditore
    .technician = Tecnico
    .viewer = Sola lettura
roles = Ruoli
team = Squadra
    .gender = f
    .head = Responsabile
    .name = Nome
    .parent = Parte di
    .plural = Squadre
teams = Squadre
user = Utente
    .gender = m
    .active = Attivo
    .email = E-mail
    .language = Lingua
    .name = Nome
    .plural = Utenti
    .roles = Ruoli
    .team = Squadra
    .user_name = Nome utente

## engine: rights and signing in

a-password-has-at-least-least-characters = La password ha almeno { $least } caratteri.
e-mail-or-password-is-wrong = L'e-mail o la password non è giusta.
too-many-attempts-wait-five-minutes-and-try-again = Troppi tentativi: aspetta cinque minuti e riprova.
your-role-does-not-let-you-change-many-at-once = Il tuo ruolo non ti permette di modificare più schede insieme.
your-role-does-not-let-you-change-this = Il tuo ruolo non ti permette di modificare questa scheda.
your-role-does-not-let-you-create-this = Il tuo ruolo non ti permette di creare questa scheda.
your-role-does-not-let-you-delete-this = Il tuo ruolo non ti permette di spostare nel cestino questa scheda.
your-role-does-not-let-you-export-this = Il tuo ruolo non ti permette di esportare questi dati.
your-role-does-not-let-you-import-this = Il tuo ruolo non ti permette di importare qui.
your-role-does-not-let-you-see-this = Il tuo ruolo non ti permette di vedere questa pagina.

## engine: saving, reading, undoing

title-is-that-of-another-record-already = { $title } è già di un'altra scheda.
another-record-has-this-already = Un'altra scheda ha già questo valore.
fill-this-in = Questo campo serve: compilalo.
it-is-in-the-trash = È nel cestino.
it-was-changed-since = È cambiato dopo.
record-number-text = Scheda { $number }: { $text }
there-is-no-order-by-name = Non si può ordinare per { $name }.
there-is-no-such-record = Questa scheda non c'è.
this-id-is-taken = Questo id è già usato.
this-is-in-the-trash-restore-it-first = La scheda è nel cestino: prima ripristinala.
title-stays-in-the-trash-why = { $title } resta nel cestino: { $why }
this-is-kept-by-the-program-and-cannot-be-typed = Questo campo lo tiene il programma: non si scrive a mano.
this-view-is-not-yours-to-delete = Questa vista non è tua: non puoi eliminarla.
this-would-go-round-in-a-circle = Così il legame gira in tondo: scegli un'altra scheda.

## meta: filters that hold rows

this-takes-one-value = Qui va un solo valore.

## web: what went wrong

back-to-the-start = Torna all'inizio
it-was-moved-or-never-existed-or-you-may-not-see-it = È stata spostata, non è mai esistita, oppure non la puoi vedere.
load-it-again-to-see-what-changed = Ricaricala per vedere che cosa è cambiato.
no-network-what-you-write-stays-here = Manca la rete: quello che scrivi resta qui
several-are-called-name-choose-one-of-the-list = Più schede si chiamano { $name }: scegline una dall'elenco.
the-data-cannot-be-reached = I dati non si raggiungono
the-database-does-not-answer-just-now-nothing-is-lost-try-again-in-a-moment = Il database in questo momento non risponde. Non è andato perso nulla: riprova tra poco.
the-database-went-away-just-as-this-was-to-be-saved-look-whether-it-is-there-before-you-send-it-again = Il database è mancato proprio durante il salvataggio: guarda se c'è già, prima di mandarlo di nuovo.
files-have-to-be-chosen-again-afterwards = I file vanno scelti di nuovo dopo.
send-it-again = Manda di nuovo
something-on-our-side-failed-what-you-wrote-stays-here-code-incident = Qualcosa non ha funzionato da parte nostra. Quello che hai scritto resta qui. Codice { $incident }.
the-filter-in-the-address-cannot-be-read = Il filtro nell'indirizzo non si legge.
the-list-has-changed-load-it-again = L'elenco è cambiato: ricaricalo.
the-server-s-disk-is-full-what-you-wrote-stays-here-code-incident = Non riusciamo a salvare: il disco del server è pieno. Quello che hai scritto resta qui. Codice { $incident }.
this-cannot-be-read = Questo non si legge
this-did-not-work = Non ha funzionato
this-did-not-work-the-server-does-not-answer-what-you-wrote-stays-here = Non ha funzionato: il server non risponde. Quello che hai scritto resta qui.
this-form-is-too-old-load-the-page-again-and-send-it-once-more = Questo modulo è troppo vecchio: ricarica la pagina e mandalo di nuovo.
this-page-is-not-there = Questa pagina non c'è
write-a-date-and-a-time = Scrivi una data e un'ora.
you-may-not-do-this = Non puoi farlo
you-wrote-something-that-is-not-saved = Hai scritto qualcosa che non è salvato.

## web: signing in and the first visit

begin = Inizia
e-mail = E-mail
e-mail-or-user-name = E-mail o nome utente
password = Password
password-at-least-count-characters = Password, almeno { $count } caratteri
send-it-now = Manda ora
sign-in = Accedi
sign-in-again-what-you-wrote-stays-here = Accedi di nuovo: quello che hai scritto resta qui.
sign-out = Esci
welcome-back = Bentornato
welcome-to-bottega = Benvenuto in Bottega
what-you-wrote-is-still-here = Quello che hai scritto è ancora qui.
you-have-been-signed-out = L'accesso è scaduto
you-will-be-the-administrator = Sarai l'amministratore.
your-company = La tua azienda
your-name = Il tuo nome

## web: the frame

as-the-system = Come il sistema
close = Chiudi
commands = Comandi
copied = Copiato
create = Crea
dark = Scuro
everywhere = Ovunque
guide = Guida
hello-name = Ciao { $name }
in-a-list = In un elenco
in-a-record = In una scheda
keys = Tasti
keys-of-this-page = Tasti di questa pagina
light = Chiaro
menu-of-the-row = Menu della riga
more-to-create = Altro da creare
more = Altro
move = scorri
my-plural = { $gender ->
    [f] Le mie
   *[other] I miei
} { $plural }
narrow-the-bar = Stringi la barra
navigation = Navigazione
new-what = { $gender ->
    [f] Nuova
   *[m] Nuovo
} { $what }
next-and-previous = Successiva e precedente
nothing-found = Non c'è niente con queste parole
opened-last = Aperte di recente
registry = Anagrafiche
search = Cerca
search-companies-people-phone-and-vat-numbers = Cerca aziende, persone, telefoni e partite IVA
skip-to-the-content = Vai al contenuto
today = Oggi
trash = Cestino
undo-the-last-act = Annulla l'ultima azione
users = Utenti
what-you-open-is-found-here-again = Quello che apri si ritrova qui.
count-results = { $count ->
    [one] { $count } risultato
   *[other] { $count } risultati
}

## web: lists

all = { $gender ->
    [m] Tutti
   *[other] Tutte
}
all-that-match-with-the-columns-of-the-list = Tutte quelle trovate, con le colonne dell'elenco.
all-selected = Tutte selezionate
at-most-count-records-at-once-narrow-the-filter = Al massimo { $count } schede alla volta: restringi il filtro.
begin-with-one = Comincia da una scheda
bin = Sposta nel cestino
call = Chiama
card-fields = Campi
clear-the-selection = Togli la selezione
columns = Colonne
continue = Continua
copy-the-address-of-the-record = Copia l'indirizzo della scheda
count-in-all = { $count } in tutto
delete = Elimina
fields-of-the-cards = Campi delle schede
my-list-opens-with-it = Il mio elenco si apre con questa
this-view = Questa vista
search-in-the-list = Cerca nell'elenco
or-the-filter-before-it = oppure il filtro prima
in-the-days = nei giorni
from = dal
to = al
or-whether-it-is-filled = oppure: se è compilato
select-and-restore-several = Selezionane e ripristinane più d'una
change-the-password = Cambia la password
the-password-you-have-now = La password che hai ora
new-password-at-least-count-characters = Nuova password, almeno { $count } caratteri
other-browsers-where-you-are-signed-in-are-signed-out = Gli altri browser in cui sei entrato escono.
pass-it-on-by-word-of-mouth-it-is-changed-at-the-first-sign-in-whoever-is-signed-in-with-the-old-one-is-signed-out = Comunicala a voce: al primo accesso si cambia. Chi è entrato con la vecchia esce.
password-of-name = Password di { $name }
password-of-name-saved = Password di { $name } salvata
set-a-password = Imposta una password
edit-in-the-list = Modifica nell'elenco (anche Alt e clic)
edit = Modifica
export = Esporta
filters-order-and-columns-under-a-name = Filtri, ordine e colonne, sotto un nome.
for-everybody = Per tutti
here-will-be-your-plural = Qui ci saranno { $gender ->
    [f] le tue
   *[m] i tuoi
} { $plural }
it-can-be-undone-as-a-whole = Si può annullare tutto insieme.
load-more = Carica altre
mine = { $gender ->
    [m] I miei
   *[other] Le mie
}
more-than-count = oltre { $count }
move-to-the-trash = Sposta nel cestino
n-chosen = {"{n}"} selezionata
n-selected = {"{n}"} selezionate
name = Nome
nothing-with-these-filters = Non c'è niente con questi filtri.
open = Apri
open-in-a-new-tab = Apri in una nuova scheda del browser
read-the-guide = Leggi la guida
save-the-view = Salva la vista
select = Seleziona
select-all = Seleziona tutte
select-all-that-match = Seleziona tutte quelle trovate
show-these = Mostra queste
sorted-by = Ordinate per
the-cards-show-the-ones-that-are-ticked = Le schede della bacheca mostrano quelli spuntati.
the-list-shows-the-ones-that-are-ticked = L'elenco mostra quelle con la spunta.
view-deleted-the-list-still-shows-it = Vista eliminata: l'elenco la mostra ancora
view-saved = Vista salvata
what-to-do-with = Che cosa fare con
what-you-and-your-colleagues-write-is-found-here = Quello che scrivete tu e i tuoi colleghi si trova qui.
write-the-first = Scrivi la prima
write-what-you-know-the-rest-can-come-later = Scrivi quello che sai: il resto può venire dopo.
count-changed = { $count ->
    [one] { $count } scheda modificata
   *[other] { $count } schede modificate
}
count-moved-to-the-trash = { $count ->
    [one] { $count } scheda nel cestino
   *[other] { $count } schede nel cestino
}
count-restored = { $count ->
    [one] { $count } scheda ripristinata
   *[other] { $count } schede ripristinate
}

## web: filters

and = e
apply = Applica
changed = Modificata
condition = Condizione
created = Creata
filter = Filtra
group = Gruppo
in-the-last-30-days = negli ultimi 30 giorni
in-the-last-90-days = negli ultimi 90 giorni
is-not-empty = non è vuoto
last-month = il mese scorso
last-week = la settimana scorsa
last-year = l'anno scorso
me = io
my-team = la mia squadra
no = No
not = non
or = o
remove-the-filters = Togli i filtri
remove-this-filter = Togli questo filtro
this-month = questo mese
this-week = questa settimana
this-year = quest'anno
value = Valore
yes = Sì

## web: a record and its history

all-changes = Tutte le modifiche
copy = Copia
earlier-changes = Modifiche precedenti
edit-as-a-form = Modifica come modulo
hidden = Nascosto
history = Storico
more-to-do = Altre azioni
next = Successiva
none-yet = Ancora niente.
nothing-happened-yet = Non è ancora successo niente.
on = avanti
previous = Precedente
restore = Ripristina
show = Mostra
show-all = Mostra tutte
taken-back = annullata
taken-back-count = { $count ->
    [one] { $count } modifica annullata
   *[other] { $count } modifiche annullate
}
said-count-stayed-as-they-are-title-for-one-why = { $count ->
    [one] { $said }. { $count } resta com'è, { $title }: { $why }
   *[other] { $said }. { $count } restano come sono, tra cui { $title }: { $why }
}
the-check-digit-is-right = La cifra di controllo è giusta
the-program-keeps-this = Lo tiene il programma
the-trash-is-empty = Il cestino è vuoto.
this-record-is-in-the-trash = Questa scheda è nel cestino.
title-is-back = { $title } non è più nel cestino
title-moved-to-the-trash = { $title } è nel cestino
undo = Annulla
visible-to-everybody = Visibile a tutti
who-changed-this = { $who } ha modificato la scheda
who-changed-fields = { $who } ha modificato { $fields }
who-changed-fields-and-count-more = { $who } ha modificato { $fields } e { $count ->
    [one] un altro
   *[other] altri { $count }
}
who-created-this = { $who } ha creato la scheda
who-filled-in-by-import = { $who } ha completato la scheda con un'importazione
who-imported-this = { $who } ha importato la scheda
who-moved-this-to-the-trash = { $who } ha spostato la scheda nel cestino
who-restored-this = { $who } ha ripristinato la scheda
who-took-a-change-back = { $who } ha annullato una modifica
write = Scrivi
yesterday = Ieri

## web: forms

add = Aggiungi
add-a-person = Aggiungi una persona
add-an-address = Aggiungi un indirizzo
add-another = Aggiungi un altro
cancel = Annulla
choose-a-file = Scegli un file
choose-a-picture = Scegli un'immagine
country = Paese
enlarge = Ingrandisci
field-saved = Campo salvato: { $field }
drag-it-to-where-it-belongs-by-keyboard-with-arrows-and = Trascinala al suo posto; da tastiera frecce, + e −
or-drop-it-here-up-to-10-mb = o trascinalo qui, fino a 10 MB
picture = Immagine
postal-code = CAP
primary = principale
province = Provincia
remove = Togli
save = Salva
save-and-create-new = Salva e crea un'altra
street-and-number = Via e numero
title-saved = Scheda salvata: { $title }
to-look-at-count = Da controllare: { $count }
town = Comune
type-and-press-enter = Scrivi e premi Invio
type-to-search = Scrivi per cercare
as-what = In che ruolo
subjects-involved = Soggetti coinvolti
without-a-role = senza ruolo
as-whatever = in qualsiasi ruolo
who-sees-it = Chi la vede

## web: two people changed a record

back-to-the-record = Torna alla scheda
choose-for-names = Manca la scelta per {"{names}"}
keep-all = Tieni tutto
keep-both-texts = Tieni entrambi i testi
not-saved-yet = non ancora salvato
save-the-choices = Salva le scelte
saved-at-time = salvato alle { $time }
someone-else = Un'altra persona
two-people-changed-this-record = Due persone hanno modificato questa scheda
who-saved-at-time-while-you-were-changing-it-choose-which-value-stays-nothing-is-lost-until-you-save = { $who } ha salvato alle { $time } mentre modificavi. Scegli quale valore resta: fino al salvataggio non si perde niente.
you = Tu

## engine and store: backup and doctor

entity-count-records-are-looked-up-by-outdated-numbers-or-codes = { $count ->
    [one] { $entity }: { $count } scheda si cerca con numeri o codici superati
   *[other] { $entity }: { $count } schede si cercano con numeri o codici superati
}
entity-count-records-are-not-found-by-the-search = { $count ->
    [one] { $entity }: { $count } scheda non si trova con la ricerca
   *[other] { $entity }: { $count } schede non si trovano con la ricerca
}
entity-count-records-are-not-seen-by-those-in-charge-alone = { $count ->
    [one] { $entity }: { $count } scheda non la vede solo chi deve
   *[other] { $entity }: { $count } schede non le vede solo chi deve
}
entity-count-records-are-sorted-by-an-outdated-text = { $count ->
    [one] { $entity }: { $count } scheda è ordinata secondo un testo superato
   *[other] { $entity }: { $count } schede sono ordinate secondo un testo superato
}
entity-count-records-have-an-outdated-title = { $count ->
    [one] { $entity }: { $count } scheda ha un titolo superato
   *[other] { $entity }: { $count } schede hanno un titolo superato
}
entity-count-records-have-lost-their-row = { $count ->
    [one] { $entity }: { $count } scheda ha perso la sua riga
   *[other] { $entity }: { $count } schede hanno perso la loro riga
}
file-is-no-backup-why = { $file } non è una copia di Bottega: { $why }
file-is-there-already-give-the-backup-another-name = { $file } c'è già: dai un altro nome alla copia
restore-the-last-backup = Ripristina l'ultima copia
run-bottega-doctor-fix = Esegui bottega doctor --fix
texts-were-prepared-for-sorting-and-search-by-another-version-of-the-program = I testi sono stati preparati per ordine e ricerca da un'altra versione del programma
the-backup-holds-table-which-this-program-does-not-know-update-the-program = La copia contiene { $table }, che questo programma non conosce: aggiorna il programma
the-backup-is-of-a-newer-bottega-update-the-program = La copia è di una versione più nuova di Bottega: aggiorna il programma
the-database-is-damaged-what = Il database è danneggiato: { $what }
the-file-name-is-damaged = Il file { $name } è danneggiato
the-file-name-is-gone = Il file { $name } non c'è più
files-that-records-refer-to-and-that-are-not-there-count = File a cui delle schede rimandano e che non ci sono: { $count }
files-in-the-data-folder-that-belong-to-nothing-count = File della cartella dei dati che non servono a niente: { $count }
the-sequence-name-would-give-a-number-twice = La sequenza { $name } darebbe due volte lo stesso numero
there-are-records-here-already-restore-into-an-empty-folder-or-database = Qui ci sono già dei dati: ripristina in una cartella o in un database vuoti
there-is-no-data-in-folder = Non ci sono dati in { $folder }
upload-it-again-or-restore-the-last-backup = Caricalo di nuovo, o ripristina l'ultima copia
there-is-no-such-file = Questo file non c'è
this-file-is-no-picture = Questo file non è un'immagine
the-picture-is-larger-than-most-mb-choose-a-smaller-one = L'immagine supera { $most } MB: scegline una più piccola
this-is-no-picture-choose-a-jpeg-png-webp-or-gif = Il file non è un'immagine: scegli un JPEG, PNG, WebP o GIF
this-is-no-picture-it-looks-like-kind-choose-a-jpeg-png-webp-or-gif = Il file non è un'immagine, sembra un { $kind }: scegli un JPEG, PNG, WebP o GIF
the-picture-is-damaged-or-cut-off-save-it-anew-then-choose-it-again = L'immagine è rovinata o incompleta: salvala di nuovo, poi sceglila ancora
the-picture-has-more-than-most-million-pixels-make-it-smaller-first = L'immagine supera { $most } milioni di pixel: prima rimpiccioliscila
change-the-picture = Cambia l'immagine
file = File
this-is-too-large = È troppo grande
the-file-is-too-large-up-to-most-mb-are-taken-choose-a-smaller-one = Il file è troppo grande: il massimo è { $most } MB. Scegline uno più piccolo.
back = Indietro
what-was-sent-did-not-arrive-whole-send-it-again = Quello che hai mandato non è arrivato intero: mandalo di nuovo.
at-least-count = almeno { $count }
not-all-records-were-looked-through-yet = La ricerca non è ancora finita.
there-are-no-others = Non ce ne sono altri.
search-on = Continua a cercare
the-usual-order = Ordine abituale
there-are-too-many-records-to-put-them-in-this-order-narrow-the-filter-or-sort-by-another-column = I record sono troppi per metterli in quest'ordine: restringi il filtro o ordina per un'altra colonna
all-but-these = tutti tranne questi
nothing-is-called-exactly-so-choose-one-of-those-that-are-offered-while-you-type = Nulla si chiama esattamente così: scegli una delle voci proposte mentre scrivi.
the-record-was-changed-meanwhile-it-is-at-version-version = La scheda nel frattempo è cambiata: è alla versione { $version }
nothing-is-called-like-this = Non c'è nulla con questo nome
search-everything = Cerca dappertutto
search-also-while-writing = Cerca, anche mentre scrivi
go-to = Vai a
select-several = Selezionane più d'una
select-the-rows-shown-again-all-that-match = Seleziona le righe in vista; di nuovo, tutte quelle trovate
views = Viste
next-field-it-saves-the-one-that-is-open = Campo dopo; salva quello aperto
open-and-save-a-field = Apri e salva un campo
visible-as-roles-say = Visibile secondo i ruoli
create-name = Crea { $name }

nothing-chosen = Non indicato
count-more = Altre { $count }
move-to-column-what-becomes-percent = Sposta in { $column }: { $what } passa al { $percent }
move-to-column = Sposta in { $column }
new-in-column = Crea in { $column }
plural-by-what = { $plural } per { $what }
enter-opens-space-lifts-and-drops-arrows-carry-esc-puts-back = Invio apre, Spazio prende e posa, le frecce spostano, Esc rimette a posto
lifted = Presa
dropped = Posata in
move-title = Sposta «{ $title }»
title-moved-to-column = «{ $title }» spostata in { $column }
by-what = Per { $what }
board = Bacheca
as-a-list = Elenco
sales = Vendite
there-are-too-many-records-to-sum-them-up-narrow-the-filter = Le schede sono troppe per sommarle: restringi il filtro
move-the-card = Sposta
by-month = Per mese
by-person = Per persona
by-team = Per squadra
total = Totale
no-date = Senza data
nobody-in-charge = Nessuno in carico
nothing-to-sum-up = Niente da sommare.
what-several-people-are-in-charge-of-counts-for-each-of-them-and-once-in-the-total = Ciò che è in carico a più persone conta per ciascuna, e una volta sola nel totale.
what-the-way-so-far = { $what }: il percorso fin qui
count-days = { $count ->
    [0] meno di un giorno
    [one] 1 giorno
   *[other] { $count } giorni
}
for-count-days-now = { $count ->
    [0] da oggi
    [one] da un giorno
   *[other] da { $count } giorni
}
## web: look-alikes of a new record

all-that-you-typed-is-here-already = Quello che hai scritto c'è già tutto.
compare-and-merge = Confronta e unisci
complete-this-one = Completa questa
filled-in-with-what-you-typed-fields-look-it-through-and-save = Completata con quello che hai scritto: { $fields }. Guardala e salva.
look-for-duplicates = Cerca i doppioni
nothing-looks-like-this-one = Niente somiglia a questa.
perhaps-the-same = Forse la stessa
nearly-the-same-name-in-the-same-town = Nome quasi uguale, stessa città
perhaps-it-is-here-already = Forse c'è già
same-code = Stesso codice
same-e-mail = Stessa e-mail
same-field = { $field } uguale
same-name = Stesso nome
same-phone-number = Stesso numero di telefono
same-tax-code = Stesso codice fiscale
same-vat-number = Stessa partita IVA

## web: the trash

at-most-count-days-or-0-for-never = Al massimo { $count } giorni, oppure 0 per mai.
by = Da
days-until-it-goes-for-good-0-for-never = Giorni prima di sparire per sempre (0: mai)
only-an-administrator-decides-this = Lo decide solo un amministratore.
saved = Salvato
title-merged-into-one = { $title }, unita a { $one }
undo-the-merge = Annulla l'unione
what-lies-here-goes-for-good-after-count-days = { $count ->
    [one] Quello che è qui sparisce per sempre dopo un giorno.
   *[other] Quello che è qui sparisce per sempre dopo { $count } giorni.
}
what-lies-here-stays-until-someone-restores-it = Quello che è qui resta finché qualcuno lo ripristina.
when = Quando
write-a-number-of-days-0-for-never = Scrivi un numero di giorni, 0 per mai.
what-follows-from-it-cannot-be-saved-text = Quello che ne segue non si può salvare: { $text }
act-choosing-how = { $act } scegliendo come
title-done = { $title }: { $done }
title-done-new-made = { $title }: { $done }. Nuovi: { $made }
none-of-these-a-new-one = Nessuno di questi: uno nuovo
look-at-it = Guardalo
act-by-who = { $act } di { $who }
all-fields = Tutti i campi
said-count-stayed-as-they-are-why = { $count ->
    [one] { $said }. Una scheda è rimasta com'è: { $why }
   *[other] { $said }. { $count } schede sono rimaste come sono: { $why }
}
choose-a-person-or-a-team = Scegli una persona o una squadra
who-sees-it-is-who-sees-what-it-belongs-to-share-that = La vede chi vede la scheda a cui appartiene: condividi quella
this-is-seen-by-everybody-who-sees-any-of-its-kind = La vede chiunque veda schede di questo tipo
title-is-shared = { $title }: condivisione salvata
title-is-shared-no-longer-with-them = { $title }: condivisione finita
who-can-see-title = Chi può vedere { $title }
shared-with = Condivisa con
who-can-see-it = Chi la può vedere
who-sees-it-is-who-sees-what-it-belongs-to-what = La vede chi vede la scheda a cui appartiene: { $what }
share = Condividi
share-it = Condividila
beside-those-who-see-it-anyhow-roles-still-say-what-somebody-may-do-at-all = Oltre a chi la vede già. Che cosa uno può fare in generale lo dicono sempre i ruoli.
with = Con
who-gets-it = Chi la riceve
may-look-at-it = la può guardare
may-change-it = la può cambiare
end = Togli
their-role-sees-all-of-its-kind = il suo ruolo vede tutte le schede di questo tipo
in-charge = è in carico
in-the-team-of-who = nella squadra di { $who }
stands-behind-who = è dietro a { $who }
shared-with-them = condivisa
open-to-everybody = visibile a tutti
it-is-themselves = è sé stesso
changes-it = la cambia
looks-at-it = la guarda
share-and-who-can-see-it = Condividi, e chi la può vedere
help-on-this-page = Aiuto su questa pagina
search-the-guide = Cerca nella guida
open-as-a-page = Apri come pagina
the-guide-says-nothing-of-words = La guida non parla di «{ $words }»
bring-in-your-records = Porta qui la tua anagrafica
the-list-of-the-old-program-as-it-is-from-a-csv-or-excel-file-nothing-is-written-before-you-have-seen-what-would-come-of-it = L'elenco del vecchio programma così com'è, da un file CSV o Excel: niente viene scritto prima che tu abbia visto che cosa ne verrebbe.
invite-a-colleague = Invita un collega
a-user-of-their-own-with-a-role-that-says-what-they-see-you-hand-over-a-link-by-which-they-choose-a-password = Un utente tutto suo, con un ruolo che dice che cosa vede; gli dai un collegamento con cui sceglie la password.
new-user = Nuovo utente
look-around-made-up-records = Guardati intorno con dati inventati
they-are-here-each-tagged-example-one-click-takes-all-of-them-away-again-and-leaves-what-you-changed-yourself = Sono qui, ognuno con l'etichetta «esempio». Un clic li toglie di nuovo tutti, e lascia quello che hai cambiato tu.
they-were-here-and-are-gone-again = C'erano, e sono andati via.
a-few-dozen-companies-and-people-that-nobody-knows-tagged-example-to-try-everything-on-one-click-takes-all-of-them-away-again = Una trentina di aziende e persone che nessuno conosce, con l'etichetta «esempio», su cui provare tutto. Un clic li toglie di nuovo tutti.
look-or-take-them-away = Guarda, o toglili
bring-them-in = Portali qui
the-made-up-records-are-coming-in = I dati inventati stanno arrivando
first-steps = Primi passi
put-away = Metti via
write-down-the-first-one = Scrivi la prima scheda
with-little-more-than-a-name-the-rest-comes-when-you-know-it = Basta poco più di un nome: il resto lo aggiungi quando lo sai.
short-and-beside-your-work-wherever-you-are-f1-opens-it-where-it-speaks-of-the-page = Breve, e accanto al lavoro dovunque tu sia: F1 la apre dove parla di quella pagina.
