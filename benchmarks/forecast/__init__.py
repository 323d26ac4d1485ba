"""Made-up regions with a known truth, and what others would say of them."""
