# The Italian of how one signs in.

account-and-sessions = Accesso e sessioni
account-of-name = Accesso di { $name }
all-that-i-may-do = Tutto quello che posso fare io
all-that-its-user-may-do = può tutto quello che può il suo utente
as-role = al massimo come { $role }
browser-on-system = { $browser } su { $system }
chosen-moment = Scelta il { $moment }
empty-for-a-token-without-an-end = Vuoto per un token senza fine.
end-all = Chiudile tutte
end-all-the-others = Chiudi tutte le altre
end-name = Chiudi { $name }
good-until-the-end-of = Vale fino a tutto il
in-use = in uso
keep-it-in-a-safe-place-it-is-not-shown-again = Conservalo in un posto sicuro: non si vede più.
last-used-moment = ultimo uso il { $moment }
make-the-token = Crea il token
may-do-at-most-what-this-role-may = Può al massimo quello che può il ruolo
my-account = Il mio account
name-is-revoked = { $name } è revocato
no-tokens = Nessun token.
never-used = mai usato
new-token = Nuovo token
nowhere = Da nessuna parte.
over = scaduto
programs-send-it-as-the-header = I programmi lo mandano nell'intestazione
revoke-name = Revoca { $name }
signed-in-with = Dove sei entrato
signed-out-there = Di là ora è uscito
since-moment = dal { $moment }
there-is-none-yet-nobody-signs-in-with-this-user = Non c'è ancora: con questo utente non entra nessuno.
this-one = questa
the-token-name = Il token { $name }
tokens-for-programs = Token per i programmi
unknown-program = Programma sconosciuto
until-day = fino al { $day }
what-it-is-for = A che cosa serve
what-you-may-not-do-yourself-the-token-may-not-either = Quello che non puoi fare tu non lo può nemmeno il token.
a-program-that-asks-the-api-signs-in-with-a-token-and-does-nothing-that-its-user-may-not = Un programma che usa l'API entra con un token, e non può niente che non possa il suo utente.

## engine

at-most-count-characters = { $count ->
    [one] Al massimo un carattere
   *[other] Al massimo { $count } caratteri
}
choose-a-role = Scegli un ruolo
say-what-it-is-for = Scrivi a che cosa serve
this-day-is-over-choose-one-to-come = Questo giorno è passato: scegline uno che deve venire
this-is-not-the-password-you-have-now = Non è la password che hai ora
this-token-ended-on-moment-make-a-new-one = Questo token è scaduto il { $moment }: creane un altro

## Passwords and links

a-password-has-at-most-most-characters = Una password ha al massimo { $most } caratteri
another-chose-the-one-you-have-choose-one-of-your-own-and-go-on = Quella che hai l'ha scelta un altro: scegline una tua e vai avanti.
choose-a-password = Scegli una password
from-least-to-most-characters = Da { $least } a { $most } caratteri
hand-it-over-it-is-good-once-for-24-hours-and-is-not-shown-again = Consegnalo: vale una volta sola, per 24 ore, e non si vede più.
it-is-good-once-and-for-a-while-ask-for-another = Vale una volta sola e non a lungo: chiedine un altro.
link-to-choose-one = Collegamento per sceglierla
password-link-for-name = Collegamento per la password di { $name }
the-link-is-for-this-user = Il collegamento è per questo utente
this-is-among-the-first-that-others-try-take-some-words-that-do-not-belong-together = È tra le prime che si provano: prendi qualche parola che non c'entra con le altre
this-link-is-good-no-more = Questo collegamento non vale più
whoever-was-signed-in-with-the-old-one-is-out = Chi era entrato con quella di prima è fuori.
your-own-name-is-the-first-that-others-try-choose-something-else = Il tuo nome è la prima che si prova: scegli altro
your-password-is-chosen = La tua password è scelta

## The second step

after-the-password-bottega-asks-for-six-digits-that-an-app-on-your-phone-shows-any-that-reads-such-codes-will-do = Dopo la password Bottega chiede sei cifre che mostra un'app sul tuo telefono: va bene qualunque app per codici di questo tipo (Google Authenticator, Microsoft Authenticator, Aegis, 2FAS…).
few-recovery-codes-are-left-make-others = Restano pochi codici di recupero: creane altri.
i-have-kept-them = Li ho conservati
it-is-on-already = È già attivo
it-is-on-without-the-phone-one-of-these-codes-lets-you-in-each-once-print-them-or-keep-them-in-a-safe-place-they-are-not-shown-again = È attivo. Senza il telefono entri con uno di questi codici, ognuno una volta sola: stampali o conservali in un posto sicuro, non si vedono più.
make-other-recovery-codes = Crea altri codici di recupero
off-with-it-a-password-alone-if-it-is-found-out-opens-nothing = Spento. Quando è attivo, una password scoperta da altri da sola non apre niente.
on-since-moment-recovery-codes-left-count = Attivo dal { $moment }; codici di recupero rimasti: { $count }
one-more-step = Ancora un passo
photograph-this-with-the-app-or-type-the-letters-into-it = Inquadra questo con l'app, oppure scrivi lì le lettere.
recovery-codes = Codici di recupero
set-it-up = Attivalo
switch-it-off = Spegnilo
switch-it-on = Accendilo
the-code-for-the-app = Il codice per l'app
the-six-digits-of-your-app-or-a-recovery-code = Le sei cifre della tua app, o un codice di recupero
the-six-digits-that-it-shows = Le sei cifre che mostra
this-code-is-not-right-or-was-used-already-wait-for-the-next-one = Questo codice non va bene, o è già stato usato: aspetta il prossimo
too-much-time-went-by-begin-again-with-your-password = È passato troppo tempo: ricomincia dalla password
two-step-sign-in = Accesso in due passi
two-step-sign-in-is-off = L'accesso in due passi è spento
your-role-asks-for-it-set-it-up-and-go-on = Il tuo ruolo lo richiede: attivalo e vai avanti.

## A forgotten password

a-link-comes-by-e-mail-by-which-you-choose-a-new-one = Ti arriva per e-mail un collegamento con cui sceglierne una nuova.
choose-a-new-password-for-bottega = Scegli una nuova password per Bottega
forgot-your-password = Hai dimenticato la password?
if-it-was-not-you-do-nothing-the-password-stays-as-it-is = Se non sei stato tu, non fare niente: la password resta quella che è.
if-somebody-signs-in-with-this-name-a-message-with-a-link-is-on-its-way-to-them-it-is-good-for-an-hour = Se qualcuno entra con questo nome, gli sta arrivando un messaggio con un collegamento. Vale un'ora.
look-into-your-mail = Guarda nella posta
send-the-link = Manda il collegamento
somebody-you-we-hope-asked-for-a-new-password-choose-it-here-within-an-hour = qualcuno, speriamo tu, ha chiesto una nuova password. Sceglila qui, entro un'ora:
as-the-roles-say = Come dicono i ruoli
choose-what-the-menu-shows = Scegli che cosa mostra il menu
it-shows-everything-that-may-be-seen = Mostra tutto quello che si può vedere.
left-out-names = Fuori: { $names }
menu = Menu
what-is-left-out-is-gone-from-the-menu-from-create-from-the-commands-and-from-the-search-it-is-no-right-whoever-may-see-a-list-finds-it-at-its-address-all-the-same-and-nobody-sees-more-by-it = Quello che lasci fuori sparisce dal menu, da Crea, dai comandi e dalla ricerca. Non è un diritto: chi può vedere un elenco lo trova comunque al suo indirizzo, e nessuno vede di più.
what-my-menu-shows = Che cosa mostra il mio menu
what-the-menu-of-name-shows = Che cosa mostra il menu di { $name }
