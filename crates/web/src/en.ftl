# English stands in the code; here are only the sentences that a count of one changes.

at-most-count-records-at-once-narrow-the-filter = { $count ->
    [one] At most { $count } record at once: narrow the filter
   *[other] At most { $count } records at once: narrow the filter
}
count-moved-to-the-trash = { $count ->
    [one] Moved to the trash
   *[other] { $count } moved to the trash
}
count-results = { $count ->
    [one] { $count } result
   *[other] { $count } results
}
count-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
import-count-rows = { $count ->
    [one] Import { $count } row
   *[other] Import { $count } rows
}
rows-rows-columns-columns = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, { $columns ->
    [one] { $columns } column
   *[other] { $columns } columns
}
said-count-stayed-as-they-are-title-for-one-why = { $count ->
    [one] { $said }. { $title } stayed as it is: { $why }
   *[other] { $said }. { $count } stayed as they are, { $title } for one: { $why }
}
the-italian-iban-has-27-characters-here-there-are-count = { $count ->
    [one] The Italian IBAN has 27 characters: here there is { $count }
   *[other] The Italian IBAN has 27 characters: here there are { $count }
}
the-postal-code-has-5-digits-here-there-are-count = { $count ->
    [one] The postal code has 5 digits: here there is { $count }
   *[other] The postal code has 5 digits: here there are { $count }
}
the-row-has-found-cells-where-there-are-expected-columns = { $found ->
    [one] The row has { $found } cell where there are { $expected } columns
   *[other] The row has { $found } cells where there are { $expected } columns
}
the-sdi-code-has-7-characters-6-for-public-offices-here-there-are-count = { $count ->
    [one] The SDI code has 7 characters, 6 for public offices: here there is { $count }
   *[other] The SDI code has 7 characters, 6 for public offices: here there are { $count }
}
the-tax-code-has-16-characters-or-11-digits-for-companies-here-there-are-count = { $count ->
    [one] The tax code has 16 characters, or 11 digits for companies: here there is { $count }
   *[other] The tax code has 16 characters, or 11 digits for companies: here there are { $count }
}
the-vat-number-has-11-digits-here-there-are-count = { $count ->
    [one] The VAT number has 11 digits: here there is { $count }
   *[other] The VAT number has 11 digits: here there are { $count }
}
text-is-not-an-amount-in-currency-write-digits-with-a-point-and-at-most-count-decimals = { $count ->
    [0] “{ $text }” is not an amount in { $currency }: write digits only, without decimals.
    [one] “{ $text }” is not an amount in { $currency }: write digits with a point and at most { $count } decimal.
   *[other] “{ $text }” is not an amount in { $currency }: write digits with a point and at most { $count } decimals.
}
count-records-stayed-as-they-were-changed-since-of-the-rest-nothing-is-there-any-more = { $count ->
    [one] { $count } record stayed, as it was changed since. Of the rest nothing is there any more.
   *[other] { $count } records stayed, as they were changed since. Of the rest nothing is there any more.
}
count-days = { $count ->
    [0] less than a day
    [one] { $count } day
   *[other] { $count } days
}
for-count-days-now = { $count ->
    [0] since today
    [one] for a day now
   *[other] for { $count } days now
}
the-first-count-of-them = { $count ->
    [one] The first of them.
   *[other] The first { $count } of them.
}
what-lies-here-goes-for-good-after-count-days = { $count ->
    [one] What lies here goes for good after a day.
   *[other] What lies here goes for good after { $count } days.
}
said-count-stayed-as-they-are-why = { $count ->
    [one] { $said }. One record stayed as it is: { $why }
   *[other] { $said }. { $count } records stayed as they are: { $why }
}
