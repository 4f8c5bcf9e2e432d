### Mail / courrier

outbound-mail-footer = You receive this mail because you have an account on Halqa.
