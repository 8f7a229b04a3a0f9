# The Italian of the import wizard.

a-csv-or-excel-file-of-your-old-program-or-spreadsheet-nothing-is-written-before-you-have-seen-what-comes-of-it = Un CSV o un Excel del vecchio programma o del foglio di calcolo: prima ti faccio vedere che cosa ne viene, poi scrivo.
a-line-of-the-description = Riga della descrizione
a-new-record = Nuova
a-row-like-the-others = una riga come le altre
all-in-one = tutto insieme
all-known = tutte conosciute
apply-a-profile = Applica un profilo
bar = barra |
begun-and-done-before = Cominciate e fatte prima
blank-rows-count = Righe vuote: { $count }
bring-what-you-have = Porta quello che hai
cancel-the-import = Interrompi l'importazione
cancelled = Interrotta
certain = certo
certain-matched-check-to-check-choose-to-choose = { $certain } abbinate, { $check } da controllare, { $choose } da scegliere
check = controlla
choose = scegli
choose-a-field = Scegli un campo
choose-a-file-first = Prima scegli un file
choose-the-file = Scegli il file
column-number = Colonna { $number }
column-of-the-file = Colonna del file
comma = virgola ,
completed = Completate
count = { $count }
count-rows = { $count ->
    [one] { $count } riga
   *[other] { $count } righe
}
create-all-the-same = Crea lo stesso
dates = Date
dd-mm-yyyy = gg/mm/aaaa
decimals = Decimali
done-of-all-rows-brought-in = { $done } righe su { $all } importate
done-of-all-rows-looked-at = { $done } righe su { $all } guardate
double = doppie "
duplicates = Doppioni
encoding = Codifica
every-row-becomes-a-record-of-its-own = Ogni riga diventa una scheda.
export-your-old-program-s-registry-as-it-is-encoding-separators-dates-and-numbers-are-found-by-reading-the-whole-file = Esporta l'anagrafica del vecchio programma così com'è: codifica, separatori, date e numeri li riconosco leggendo tutto il file.
failed = Fermata
file-is-in = { $file } è importato.
fill-what-is-empty = Completa quello che manca
filled-in = Completata
first-row = Prima riga
found-by-reading-the-whole-file = Riconosciuti leggendo tutto il file
how-it-is-known = Da che cosa la riconosco
import = Importa
import-count-rows = { $count ->
    [one] Importa { $count } riga
   *[other] Importa { $count } righe
}
import-from-a-file = Importa da un file
import-what = Importa { $what }
in-the-description = Nella descrizione
in-the-file = Nel file
keep-them-as-lines = Tienile come righe
kept-as-a-line = resta una riga
kept-as-a-line-of-the-description-until-you-choose = finché non scegli resta una riga della descrizione
leave-it-out = Lasciala fuori
leave-them-as-they-are = Lasciala com'è
left-as-it-is = Saltata
line = Riga
line-line = riga { $line }
lines-lines-they-go-to-the-file-of-refused-rows-the-others-come-in = Righe { $lines }: vanno nel file delle rifiutate, le altre entrano.
load-again = Ricarica
match = Abbinamento
mm-dd-yyyy = mm/gg/aaaa
name-and-town = nome e comune
name-of-the-profile = Nome del profilo
names-of-the-columns = nomi delle colonne
new-records = Nuove
next-row = Riga successiva
no-name = Senza nome
none = nessuna
not-started = Da avviare
not-taken = Rifiutata
note = Nota
nothing-is-written-before-the-last-step = Non scrivo nulla fino all'ultimo passo
nothing-to-look-at-every-row-is-as-it-should-be = Niente da guardare: ogni riga è a posto.
of-each-kind-the-first-hundred-rows-all-refused-rows-are-in-their-file = Di ogni tipo, le prime cento righe. Le rifiutate sono tutte nel loro file.
of-several-values-such-as-phones-the-missing-ones-are-added-nothing-is-replaced = Dove i valori sono più d'uno, come i telefoni, aggiungo quelli che mancano. Non sostituisco nulla.
one-that-is-the-same-is-enough-a-code-a-vat-number-or-an-e-mail-that-several-share-with-another-name-or-at-another-address-makes-a-record-of-its-own-and-is-told = Ne basta uno uguale. Un codice, una partita IVA o un'e-mail in comune, con un altro nome o a un altro indirizzo, resta una scheda a sé e te lo segnalo.
or-drop-it-here-csv-tsv-or-excel-up-to-500-mb = o trascinalo qui: CSV, TSV o Excel, fino a 500 MB
otherwise = Altrimenti
outcome = Esito
passed-over = Saltate
preview = Anteprima
preview-row-number = Anteprima, riga { $number }
profile = Profilo
profile-saved = Profilo salvato
quotes = Virgolette
refused = Rifiutate
refused-rows = righe rifiutate
refused-rows-as-a-file = Le rifiutate in un file
rehearsal = Prova
rehearse = Fai la prova
replace-with-what-the-file-says = Sostituisci con quello che dice il file
row-before = Riga precedente
row-by-row = Riga per riga
rows = Righe
rows-rows-columns-columns = { $rows ->
    [one] { $rows } riga
   *[other] { $rows } righe
}, { $columns ->
    [one] { $columns } colonna
   *[other] { $columns } colonne
}
rows-that-cannot-be-read-count = Righe che non si leggono: { $count }
running = In corso
save-as-a-profile = Salva come profilo
save-the-profile = Salva il profilo
see-the-first = Vedi la prima
semicolon = punto e virgola ;
separator = Separatore
sheet = Foglio
single = semplici '
tabulator = tabulazione
the-file-as-it-is = Il file com'è
the-file-did-not-arrive-whole-send-it-again = Il file non è arrivato intero: mandalo di nuovo
the-file-is-too-large = Il file è troppo grande
the-import-of-file-stopped-why = L'importazione di { $file } si è fermata: { $why }
the-import-of-file-was-cancelled-what-had-come-in-stays = L'importazione di { $file } è interrotta: quello che era entrato resta.
the-import-of-file-was-undone = L'importazione di { $file } è annullata.
the-rehearsal-stopped-why = La prova si è fermata: { $why }
the-row-is-passed-over = Salto la riga.
the-same-for-all-rows = Uguale per tutte le righe
the-whole-row = Riga intera
there-is-no-such-row = Questa riga non c'è.
they-are-passed-over = Le salto.
this-is-what-would-come-of-it-nothing-was-written = Ecco che cosa ne verrebbe. Non ho scritto nulla.
throw-away = Butta via
thrown-away-nothing-was-written = Buttata via: non avevo scritto nulla
to-choose-columns = Da scegliere: { $columns }
to-do-the-same-with-the-next-file = per rifare lo stesso con il prossimo file
to-look-at = Da guardare
to-match-count = da abbinare: { $count }
to-the-list = Vai all'elenco
town-also-with-postal-code-and-province = comune, anche con CAP e provincia
undo-the-whole-import = Annulla tutta l'importazione
waiting = In attesa
warnings = Avvisi
what-it-holds = Che cosa contiene
what-the-file-leaves-empty-stays = Quello che nel file è vuoto resta.
what-to-look-at = Che cosa guardare
when-a-record-is-there-already = Quando la scheda c'è già
what-had-come-in = Che cosa era entrato
nothing-of-it-is-there-any-more = Non ne resta più nulla.
count-records-stayed-as-they-were-changed-since-of-the-rest-nothing-is-there-any-more = { $count ->
    [one] È rimasta { $count } scheda, perché poi è stata modificata. Del resto non c'è più nulla.
   *[other] Sono rimaste { $count } schede, perché poi sono state modificate. Del resto non c'è più nulla.
}
and-count-more = e altre { $count }
where-a-row-has-none-of-its-own = dove la riga non ne ha uno suo
where-each-column-goes = Dove va ogni colonna
why = Perché
words-of-column = Parole di { $column }
words-to-match-count = parole da abbinare: { $count }
you-may-go-on-with-other-work-this-goes-on-by-itself = Puoi fare altro: va avanti da sola.
yyyy-mm-dd = aaaa-mm-gg
