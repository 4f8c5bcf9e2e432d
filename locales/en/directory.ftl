### Directory: who can help, profiles

directory-title = Directory
directory-lead = People and organisations of the circle, ready to share what they know.
directory-tab-help = Who can help me?
directory-tab-organisations = Organisations
directory-who = Who can help me with…
directory-who-example = bookkeeping, statutes, advocacy…
directory-module = Module completed
directory-skills-in-use = Skills often named
directory-people = People
directory-organisations = Organisations
directory-nobody = Nobody has offered help with this yet
directory-nobody-text = Try another word or fewer filters. And you: what could you bring?
directory-sign-in = Sign in to see the people who offer their help: they show themselves to the circle only.
directory-why = Why this person
directory-why-skill = Knows: { $skill }
directory-why-says = Offers it in their introduction
directory-why-solved = { $count ->
    [one] Solved “{ $heading }”
   *[other] { $count } accepted solutions, “{ $heading }” among them
}
directory-why-completed = Completed the module “{ $heading }”
directory-you = This is your page as others see it.
directory-helps = I can help with
directory-skills = Skills
directory-modules = Modules completed
directory-solutions = Accepted answers
directory-updated = Updated on

# My profile
directory-profile = My profile in the directory
directory-profile-lead = Say what you know how to do: other associations may need it. Nothing is shown without your consent.
directory-as-seen = See my page as others do
directory-shown = Who may see my profile
directory-shown-to = Show my profile
directory-shown-hint = Your address is never shown: people write to you through the platform.
directory-shown-nobody = To nobody
directory-shown-members = To members of organisations and the programme’s team
directory-shown-accounts = To anybody signed in
directory-what = What I say about myself
directory-about = Who I am
directory-about-hint = In two sentences: what you do, what matters to you.
directory-helps-hint = For example: reading through a budget, preparing a general assembly, speaking in public.
directory-skills-offered = What others have named.
directory-skills-more = Other skills
directory-skills-hint = Separated by commas. Twelve in all.
directory-languages = Languages spoken
directory-no-region = Rather not say
directory-shows-organisation = Show the organisations I belong to
directory-shows-modules = Show the modules I completed
flash-profile-kept = Your profile is saved.
form-too-many-skills = Twelve skills at most: keep those that matter.
field-helps = I can help with
field-skills = Other skills
