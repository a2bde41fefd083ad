"""The verbs of lines one walks: `wanli-geo route audit|loop|marks|signs|works`."""
