"""Plan catalogues as data: one YAML file per plan."""
