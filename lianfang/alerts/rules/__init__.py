"""What holds of early warning: states, routes, clocks, colours, ladder; pure."""
