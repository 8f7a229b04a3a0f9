# The Italian of the roles, and of what is refused there.

your-role-does-not-let-you-change-this-field = Il tuo ruolo non ti permette di cambiare questo campo
your-role-does-not-let-you-take-this-step = Il tuo ruolo non ti permette questo passaggio
nothing-can-be-created-without-this-field-let-the-role-fill-it-in-or-take-away-that-it-creates = Senza questo campo non si crea niente: lascia che il ruolo lo compili, o togligli la creazione
this-field-says-what-a-record-is-and-where-it-belongs-it-can-be-locked-not-hidden = Questo campo dice che cos'è una scheda e a che cosa appartiene: si può bloccare, non nascondere
administrators-may-do-everything-what-they-may-do-cannot-be-changed = Gli amministratori possono fare tutto: i loro diritti non si cambiano
somebody-must-be-able-to-do-everything-this-role-stays = Qualcuno deve poter fare tutto: questo ruolo resta
somebody-must-be-an-administrator-make-another-one-first = Ci vuole almeno un amministratore: prima fanne un altro
role-changed = Ruolo cambiato
role-added = Ruolo aggiunto
role-renamed = Ruolo rinominato
roles-and-rights = Ruoli e diritti
new-role = Nuovo ruolo
begin-with-the-rights-of = Comincia con i diritti di
no-rights = nessun diritto
who-has-the-role-keeps-it = Chi ha già il ruolo lo tiene
works-for-the-company-not-in-it = Lavora per l'azienda ma non è dell'azienda
sees-of-the-subjects-only-themselves-and-nothing-just-because-it-is-open-to-everybody = Dei soggetti vede solo sé stesso, e niente soltanto perché è visibile a tutti
administrators-may-do-everything-and-set-what-everybody-else-may-do-this-cannot-be-changed-somebody-always-has-this-role = Gli amministratori possono fare tutto e decidono che cosa possono fare gli altri. Questo non si cambia; qualcuno ha sempre questo ruolo.
whose-records-somebody-with-this-role-may-do-something-with-a-dash-means-as-the-row-above-that-it-belongs-to-says-whoever-has-several-roles-has-the-widest-of-each = Con le schede di chi può fare qualcosa chi ha questo ruolo. Un trattino vuol dire: come dice la riga sopra a cui appartiene. Chi ha più ruoli ha il più ampio di ciascuno.
records-of = Schede
everything = Tutto
fields-and-steps = Campi e passaggi
see = Vedere
change = Cambiare
many-at-once = Molte insieme
no-record = nessuna
their-own = le proprie
their-team-s = della squadra
all-records = tutte
actions-and-steps = Azioni e passaggi
a-hidden-field-is-nowhere-not-in-lists-pages-filters-exports-the-history-the-search-nor-for-programs = Un campo nascosto non è da nessuna parte: né in liste, pagine, filtri, esportazioni, cronologia e ricerca, né per i programmi.
may-set-fields-sections-and-lists-of-what = Può impostare campi, sezioni e liste di { $what }
role-what = { $role }: { $what }
field-to-value = { $field }: passare a «{ $value }»
seen-kept-by-the-program = si vede, lo tiene il programma
seen-and-changed = si vede e si cambia
seen-not-changed = si vede, non si cambia
not-seen = non si vede
users-count = { $count ->
    [0] nessun utente
    [one] { $count } utente
   *[other] { $count } utenti
}
menu-changed = Menu cambiato
what-the-menu-shows = Che cosa mostra il menu
whoever-has-several-roles-finds-what-any-of-them-shows-and-may-choose-otherwise-in-their-account = Chi ha più ruoli trova quello che mostra uno qualunque di essi, e può scegliere diversamente nel suo account.
