"""What the secretary does, one file per thing; a public function that writes is one transaction."""
