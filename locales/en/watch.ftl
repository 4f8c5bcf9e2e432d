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
watch-feed-title-axis = Halqa: news, { $axis }
watch-entry-module = New module: { $heading }
watch-entry-seminar = Seminar: { $heading }
watch-entry-question = Question: { $heading }
watch-entry-discussion = Discussion: { $heading }
watch-entry-solution = Solution found: { $heading }
