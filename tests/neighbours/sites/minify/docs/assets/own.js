// Own script.
console.debug( "own" );
