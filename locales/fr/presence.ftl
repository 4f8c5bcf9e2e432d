### Présence, attestations, accompagnement

presence-list = Présence
presence-of = Présence : { $name }
presence-here = Je suis là
presence-say = Confirmer que je suis là
presence-code = Les six lettres à l’écran
presence-code-hint = Elles changent toutes les deux minutes.
presence-screen = Écran de la salle
presence-scan = Scannez pour dire que vous êtes là
presence-picture = Code à scanner
presence-or-type = ou ouvrez la page de la rencontre et tapez
presence-count = { $count ->
    [one] { $count } présence sur { $of }
   *[other] { $count } présences sur { $of }
}
presence-saved = Tout est enregistré
presence-waiting = Envoi…
presence-offline = Gardé sur ce téléphone, envoyé dès que la ligne revient
presence-paper = Cette page s’imprime comme feuille d’émargement. Sans réseau, laissez-la ouverte : vos coches sont gardées et partent dès que la ligne revient.
flash-presence-said = C’est noté : vous êtes là.
flash-presence-kept = La liste est enregistrée.
error-not-now-title = Pas maintenant
error-not-now-body = On peut dire qu’on est là d’une heure avant à une heure après la rencontre.
error-wrong-code-title = Ce code n’est plus bon
error-wrong-code-body = Le code change souvent : scannez l’écran de nouveau, ou tapez les lettres qu’il montre maintenant.
error-no-seat-title = Pas d’inscription
error-no-seat-body = Vous n’avez pas de place dans cette rencontre : parlez-en à l’équipe sur place.
attestation-mine = Mon attestation
attestation-of = Attestation : { $name }
attestation-kind = Attestation de participation
attestation-text = a participé à la rencontre
attestation-share = Présence : { $percent }
attestation-verify = À vérifier à cette adresse :
attestation-picture = Code qui mène à la page de vérification
attestation-genuine = Attestation authentique
attestation-badge = Badge numérique (Open Badges 3.0)
attestation-print = Imprimez cette page, ou enregistrez-la en PDF depuis votre navigateur.
accompaniment-title = Accompagnement
accompaniment-of = Accompagnement : { $name }
accompaniment-lead = Visites et conseils de l’équipe régionale. Seules l’organisation et l’équipe les voient.
accompaniment-none = Rien n’est encore noté
accompaniment-none-text = Les visites et les conseils apparaîtront ici, avec ce qui reste à faire.
accompaniment-visit = Visite
accompaniment-advice = Conseil
accompaniment-call = Appel
accompaniment-add = Noter une visite ou un conseil
accompaniment-kind = De quoi s’agit-il ?
accompaniment-when = Quand ?
accompaniment-body = Ce qui s’est dit
accompaniment-next = Prochaine étape
accompaniment-due = À faire avant le
accompaniment-do = Noter
accompaniment-done = C’est fait
accompaniment-was-done = Fait
flash-accompaniment-noted = C’est noté.
flash-accompaniment-done = Étape faite, bravo.
organisations-tab-accompaniment = Accompagnement
