"""The pages that gather what other rooms hold."""
