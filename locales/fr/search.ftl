search-title = Recherche
search-title-of = Recherche : { $text }
search-label = Que cherchez-vous ?
search-everything = Rechercher partout
search-kind = Type
search-all-kinds = Tous
search-all-axes = Tous les axes
search-all-languages = Toutes
search-kinds-module = Modules
search-kinds-seminar = Séminaires
search-kinds-document = Documents
search-kinds-fiche = Fiches solution
search-kinds-question = Questions
search-kinds-solution = Solutions
search-kinds-discussion = Discussions et réponses
search-kinds-organisation = Organisations
search-kinds-person = Personnes
search-kind-person = Personne
search-kind-module = Module
search-kind-seminar = Séminaire
search-kind-question = Question
search-kind-discussion = Discussion
search-kind-reply = Réponse
search-kind-solution = Solution
search-kind-organisation = Organisation
search-kind-guide = Guide
search-kind-template = Modèle
search-kind-report = Rapport
search-kind-study = Étude
search-kind-law = Texte de loi
search-kind-tool = Outil
search-kind-fiche = Fiche solution
search-count = { $count ->
    [0] Aucun résultat
    [one] { $count } résultat
   *[other] { $count } résultats
}
search-count-more = { $count ->
    [one] Plus de { $count } résultat
   *[other] Plus de { $count } résultats
}
search-instead = Résultats pour « { $text } »
search-instead-of = Rien ne contient « { $text } ».
search-everywhere = Chercher partout
search-nothing = Rien trouvé pour « { $text } »
search-nothing-text = Essayez avec moins de mots, ou d’autres. Et si la réponse n’existe pas encore, posez la question : quelqu’un l’a peut-être.
search-nothing-filtered = Pas avec ces filtres. Il y en a peut-être ailleurs.
search-ask = Poser une question
search-no-words = Il faut un mot de plus
search-no-words-text = Des mots comme « le », « de » ou « pour » sont partout. Ajoutez-en un qui dise ce que vous cherchez.
search-begin = Tout ce que la communauté partage
search-begin-text = Modules, séminaires, questions et solutions, documents jusque dans leur texte, organisations. En français ou en arabe, les fautes de frappe sont pardonnées.
