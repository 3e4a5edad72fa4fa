"""What people type: words, figures, days, hours, codes and yes or no."""
