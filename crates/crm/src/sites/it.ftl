site = Sede
    .plural = Sedi
    .gender = f
    .party = Azienda o persona
    .name = Nome
    .kind = Tipo
    .address = Indirizzo
    .phones = Telefono
    .opening_hours = Orari di apertura
    .note = Note

site_kind = Tipo di sede
    .headquarters = Sede principale
    .branch = Filiale
    .warehouse = Magazzino
    .shop = Negozio
    .workshop = Stabilimento o officina
    .other = Altro

sites = Sedi
the-town-when-left-empty = Il comune, se resta vuoto
