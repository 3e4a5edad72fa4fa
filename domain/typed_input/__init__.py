"""Reading typed text: words, figures, days, hours, codes, yes and no."""
