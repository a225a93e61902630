"""Flowcharts of powers: a `Chart` in, one geometry, and SVG, PNG, PDF and BPMN 2.0 out of it."""
