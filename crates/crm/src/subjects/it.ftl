subject = Soggetto
    .plural = Soggetti
    .gender = m
    .name = Nome
    .kind = Tipo
    .user = Utente
    .agency = Agenzia
    .zones = Zone
    .since = Dal
    .until = Al
    .commission = Provvigione
    .phones = Telefono
    .emails = E-mail
    .party = In anagrafica
    .notes = Note

subject_zone = Zona

sales-agent = Agente
in-house-operator = Operatore interno
referrer = Segnalatore
agency = Agenzia
agents = Agenti

choose-an-agency = Scegli un'agenzia
a-commission-lies-between-0-and-100 = Una provvigione sta tra 0 e 100 %
who-signs-in-as-this-user-sees-what-the-subject-is-involved-in = Chi entra con questo utente vede ciò in cui il soggetto è coinvolto
after-this-day-the-user-behind-it-no-longer-sees-what-it-is-involved-in = Dopo questo giorno il suo utente non vede più ciò in cui il soggetto è coinvolto
companies-and-people = Aziende e persone
