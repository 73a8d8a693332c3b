"""What is proven about a plan without trusting any engine."""
