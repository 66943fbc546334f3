"""The printed forms, one function each: from the query behind the screen to a form that `excel.page` lays on paper."""
