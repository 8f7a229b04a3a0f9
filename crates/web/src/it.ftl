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
    .manager = Responsabile
    .operator = Operatore
    .seller = Venditore
    .technician = Tecnico
    .viewer = Sola lettura
roles = Ruoli
team = Squadra
    .name = Nome
    .parent = Parte di
    .plural = Squadre
teams = Squadre
user = Utente
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

another-record-has-this-already = Un'altra scheda ha già questo valore.
fill-this-in = Questo campo serve: compilalo.
it-is-in-the-trash = È nel cestino.
it-was-changed-since = È cambiato dopo.
record-number-text = Scheda { $number }: { $text }
there-is-no-order-by-name = Non si può ordinare per { $name }.
there-is-no-such-record = Questa scheda non c'è.
this-id-is-taken = Questo id è già usato.
this-is-in-the-trash-restore-it-first = La scheda è nel cestino: prima ripristinala.
this-is-kept-by-the-program-and-cannot-be-typed = Questo campo lo tiene il programma: non si scrive a mano.
this-view-is-not-yours-to-delete = Questa vista non è tua: non puoi eliminarla.
this-would-go-round-in-a-circle = Così il legame gira in tondo: scegli un'altra scheda.
