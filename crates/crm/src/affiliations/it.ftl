affiliation = Incarico
    .plural = Incarichi
    .gender = m
    .name = Incarico
    .company = Azienda
    .person = Persona
    .role = Ruolo
    .department = Reparto
    .primary_contact = Referente principale
    .since = Dal
    .until = Al

affiliation_role = Ruolo in azienda
    .owner = Titolare
    .administrator = Amministratore
    .sales_director = Direttore commerciale
    .head_of_agents = Capo agenti
    .purchasing = Responsabile acquisti
    .technician = Tecnico
    .administration = Amministrazione
    .other = Altro

choose-a-person-and-a-company-here-both-are-the-same = Scegli una persona e un'azienda: qui sono la stessa anagrafica
the-end-cannot-come-before-the-beginning = La fine non può venire prima dell'inizio
