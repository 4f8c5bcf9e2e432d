### The watch: what is new.

watch-title = News
watch-lead = What the community published, announced, asked and solved, day by day.
watch-feed = Subscribe to the feed (Atom)
watch-all = Everything
watch-empty = Nothing new here yet
watch-empty-text = As soon as a module comes out, a seminar is announced or a question finds its solution, you will see it here.
watch-kind-module = New module
watch-kind-seminar = Seminar announced
watch-kind-question = Question asked
watch-kind-discussion = Discussion opened
watch-kind-solution = Solution found
watch-feed-title = Halqa: news
watch-entry-module = New module: { $heading }
watch-entry-seminar = Seminar: { $heading }
watch-entry-question = Question: { $heading }
watch-entry-discussion = Discussion: { $heading }
watch-entry-solution = Solution found: { $heading }
watch-kind-document = New document
watch-entry-document = Document: { $heading }
watch-feed-title-view = Halqa: { $view }
watch-view-all = Everything that is new
watch-view-words = “{ $words }”
watch-view-comma = ,
watch-kinds-question = Questions
watch-kinds-solution = Solutions
watch-kinds-discussion = Discussions
watch-kinds-module = Modules
watch-kinds-seminar = Seminars
watch-kinds-document = Documents
watch-any-language = All languages
watch-narrow = Narrow down
watch-words = Words
watch-words-hint = In the title or the tags.
watch-show = Show
watch-save = Save this search: it becomes an alert and a feed.
watch-save-all = Follow everything that is new, or only an axis, a kind, some words.
watch-kinds = Kind
watch-language = Language
watch-kind-outside = Seen elsewhere
watch-kinds-outside = Calls and news from elsewhere
watch-entry-outside = Seen elsewhere: { $heading }
watch-entry-show = Show to all
watch-entry-leave = Leave out
watch-sources = Feeds from elsewhere
watch-sources-lead = Calls for projects, news of partners: you choose which feeds are read here, and what is shown of them.
watch-sources-waiting = Waiting for your choice
watch-sources-read = Feeds that are read
watch-sources-none = No feed yet.
watch-source-fetched = Read on
watch-source-automatic = All is shown
watch-source-stopped = Stopped
watch-source-choose = Choose one by one
watch-source-through = Show all
watch-source-through-hint = Show what comes without waiting for my choice
watch-source-start = Read again
watch-source-stop = Stop reading
watch-source-propose = Propose a feed
watch-source-address = Address of the feed (RSS or Atom)
watch-source-address-hint = It begins with https://.
watch-source-axis = Axis
watch-source-no-axis = All axes
watch-source-title = Name of the feed
watch-source-look = Look first
watch-source-add = Read this feed
watch-source-preview = { $count ->
    [0] This feed is empty for now.
    [one] This feed has { $count } entry.
   *[other] This feed has { $count } entries; here are the latest.
}
watch-source-failures = { $count ->
    [one] ({ $count } failed try)
   *[other] ({ $count } failed tries)
}
watch-fault-refused = This is not an address that we call.
watch-fault-unreachable = The site does not answer.
watch-fault-status = The site answers something else than its feed.
watch-fault-too-large = The feed is too large (2 MB at most).
watch-fault-not-a-feed = This is no RSS or Atom feed.
form-no-feed = There is no RSS or Atom feed at this address.
form-feed-too-large = This feed is too large (2 MB at most).
form-no-answer = This address gives no feed: check it.
flash-source-added = The feed will be read in a moment.
error-source-known-title = This feed is read already
error-source-known-body = It is in the list of feeds from elsewhere.
