"""What two scenarios and their plans have that is not the same: inputs, rules, law, results. Pure data, no words."""
