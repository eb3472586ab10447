"""Break-ins that are not made of text: what a script writes, fetches or leads to, what markup alone gives away."""
