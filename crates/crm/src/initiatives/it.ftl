# The Italian of initiatives.

initiative = Iniziativa
    .plural = Iniziative
    .gender = f
    .name = Nome
    .state = Stato
    .begins_on = Dal
    .ends_on = Al
    .place = Luogo o zona
    .involved = Soggetti coinvolti
    .goal = Obiettivo
    .description = Descrizione
    .interested = Interessati
    .deals = Opportunità
    .possible = Guadagno possibile
    .weighted = Guadagno ponderato
    .realised = Guadagno realizzato

initiative_state = Stato
    .planned = In preparazione
    .running = In corso
    .ended = Conclusa
    .given_up = Abbandonata

initiative_product = Prodotto di un'iniziativa
    .plural = Prodotti delle iniziative
    .gender = m
    .name = Nome
    .initiative = Iniziativa
    .product = Prodotto
    .price = Prezzo offerto
    .note = Nota

initiative_party = Parte in un'iniziativa
    .plural = Parti nelle iniziative
    .gender = f
    .name = Nome
    .initiative = Iniziativa
    .party = Persona o azienda
    .part = Parte
    .note = Nota

initiative_part = Parte
    .partner = Partner
    .competitor = Concorrente
    .sponsor = Sponsor
    .supplier = Fornitore

interest = Interesse
    .plural = Interessi
    .gender = m
    .name = Nome
    .initiative = Iniziativa
    .party = Persona o azienda
    .level = Interesse
    .answer = Risposta
    .product = Prodotto
    .quantity = Quantità
    .amount = Importo possibile
    .note = Nota
    .became = Diventato opportunità
    .worth = Importo dell'opportunità

interest_level = Interesse
    .to_contact = Da contattare
    .contacted = Contattato
    .interested = Interessato
    .hot = Vuole un'offerta
    .not_interested = Non interessato

planned = In preparazione
going-on = In corso
ended = Conclusa
no-answer-yet = Ancora nessuna risposta
interested = Interessati
not-interested = Non interessati

gain = Guadagno
what-came-of-it = Che cosa ne è venuto
initiatives = Iniziative
products-offered-here = Prodotti offerti
partners-and-competitors = Partner e concorrenti
part-in-initiatives = Parte in iniziative
whom-it-is-offered-to = A chi è offerta
offered-in-initiatives = Iniziative proposte
gain-by-product = Guadagno per prodotto
possible-gain = Guadagno possibile
weighted-gain = Guadagno ponderato
realised-gain = Guadagno realizzato
quantity-at-the-list-price-when-left-empty = La quantità al prezzo di listino, se resta vuoto
it-cannot-end-before-it-begins = Non può finire prima di cominciare
