"""Words that several readers of claims share, as patterns over lines."""

from __future__ import annotations

#: Members named one after another.
LIST = r"P(?:(?:, and |, | and | & |; |; and | |,? along with |,? as well as |,? together with |,? plus |, joined by )P)*"

#: Words that may stand between "by" and a name: "by freshman P", "by the committee's chairman P".
SOME_WORDS = r"(?:(?!by |with |of |to |for |from |in |on )[a-z'-]+ ){0,5}"

#: What is done with a measure by whoever brings it in.
MAKES = r"(?:re)?(?:introduc(?:ed|es|ing)|sponsor(?:ed|s|ing)|author(?:ed|s|ing)|filed|files|offered|offers|submitted|submits|presented|wrote|written|unveiled|proposed|put forward|put in|drafted|brought forward|brought in|deposited|lodged|spearheaded|penned|crafted)"
