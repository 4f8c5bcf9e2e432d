### Annuaire : qui peut aider, profils

directory-title = Annuaire
directory-lead = Des personnes et des organisations du cercle, prêtes à partager ce qu’elles savent.
directory-tab-help = Qui peut m’aider ?
directory-tab-organisations = Organisations
directory-who = Qui peut m’aider avec…
directory-who-example = comptabilité, statuts, plaidoyer…
directory-module = Module terminé
directory-skills-in-use = Savoir-faire souvent cités
directory-people = Personnes
directory-organisations = Organisations
directory-nobody = Personne ne s’est encore proposé
directory-nobody-text = Essayez un autre mot ou moins de filtres. Et vous : que pourriez-vous apporter ?
directory-sign-in = Connectez-vous pour voir les personnes qui proposent leur aide : elles ne se montrent qu’aux gens du cercle.
directory-why = Pourquoi cette personne
directory-why-skill = Sait faire : { $skill }
directory-why-says = Le propose dans sa présentation
directory-why-solved = { $count ->
    [one] A trouvé une solution à « { $heading } »
    [many] { $count } solutions acceptées, dont « { $heading } »
   *[other] { $count } solutions acceptées, dont « { $heading } »
}
directory-why-completed = A terminé le module « { $heading } »
directory-you = Voici votre page, telle que les autres la voient.
directory-helps = Je peux aider
directory-skills = Savoir-faire
directory-modules = Modules terminés
directory-solutions = Réponses acceptées
directory-updated = Mis à jour le

# Mon profil
directory-profile = Mon profil dans l’annuaire
directory-profile-lead = Dites ce que vous savez faire : d’autres associations en ont peut-être besoin. Rien n’est montré sans votre accord.
directory-as-seen = Voir ma page comme les autres
directory-shown = Qui peut voir mon profil
directory-shown-to = Montrer mon profil
directory-shown-hint = Votre adresse n’est jamais montrée : on vous écrit par la plateforme.
directory-shown-nobody = À personne
directory-shown-members = Aux membres des organisations et à l’équipe du programme
directory-shown-accounts = À toute personne connectée
directory-what = Ce que j’en dis
directory-about = Qui je suis
directory-about-hint = En deux phrases : ce que vous faites, ce qui vous tient à cœur.
directory-helps-hint = Par exemple : relire un budget, préparer une assemblée générale, parler en public.
directory-skills-offered = Ce que d’autres ont déjà cité.
directory-skills-more = Autres savoir-faire
directory-skills-hint = Séparés par des virgules. Douze en tout.
directory-languages = Langues parlées
directory-no-region = Ne pas préciser
directory-shows-organisation = Montrer les organisations dont je suis membre
directory-shows-modules = Montrer les modules que j’ai terminés
flash-profile-kept = Votre profil est enregistré.
form-too-many-skills = Douze savoir-faire au plus : gardez ceux qui comptent.
field-helps = Je peux aider
field-skills = Autres savoir-faire
