search-title = Search
search-title-of = Search: { $text }
search-label = What are you looking for?
search-everything = Search everywhere
search-kind = Type
search-all-kinds = All
search-all-axes = All axes
search-all-languages = All
search-kinds-module = Modules
search-kinds-seminar = Seminars
search-kinds-document = Documents
search-kinds-fiche = Solution sheets
search-kinds-question = Questions
search-kinds-solution = Solutions
search-kinds-discussion = Discussions and replies
search-kinds-organisation = Organisations
search-kinds-person = People
search-kind-person = Person
search-kind-module = Module
search-kind-seminar = Seminar
search-kind-question = Question
search-kind-discussion = Discussion
search-kind-reply = Reply
search-kind-solution = Solution
search-kind-organisation = Organisation
search-kind-guide = Guide
search-kind-template = Template
search-kind-report = Report
search-kind-study = Study
search-kind-law = Law
search-kind-tool = Tool
search-kind-fiche = Solution sheet
search-count = { $count ->
    [0] No results
    [one] { $count } result
   *[other] { $count } results
}
search-count-more = { $count ->
    [one] More than { $count } result
   *[other] More than { $count } results
}
search-instead = Results for “{ $text }”
search-instead-of = Nothing contains “{ $text }”.
search-everywhere = Search everywhere
search-nothing = Nothing found for “{ $text }”
search-nothing-text = Try fewer words, or other ones. And if the answer is not there yet, ask: somebody may have it.
search-nothing-filtered = Not with these filters. There may be some elsewhere.
search-ask = Ask a question
search-no-words = One more word, please
search-no-words-text = Words such as “the”, “of” or “for” are everywhere. Add one that says what you are looking for.
search-begin = All that the community shares
search-begin-text = Modules, seminars, questions and solutions, documents down to their text, organisations. In French, Arabic or English; typing mistakes are forgiven.
