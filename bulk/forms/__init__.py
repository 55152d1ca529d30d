"""The forms that records go out in: which there are, and how each is made of an answer."""

from bulk.forms.model import WHOLE_ANSWERS, Form, FormOrder
from bulk.forms.table import NAMES, ROWS, WHOLE_ONLY, check_form, open_form, open_form_output

__all__ = ["NAMES", "ROWS", "WHOLE_ANSWERS", "WHOLE_ONLY", "Form", "FormOrder", "check_form", "open_form", "open_form_output"]
