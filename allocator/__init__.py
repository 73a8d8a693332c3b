"""What is computed: program, rules, goals, engines, cents, checks and proof."""
