involvement_role = Ruolo dei soggetti coinvolti
    .introduced = Ha segnalato
    .sells = Vende
    .follows = Segue
    .collaborates = Collabora
