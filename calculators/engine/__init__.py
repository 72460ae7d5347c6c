"""What all calculators share, a room for each thing that happens to the data on its way.

``asks`` says what is asked for; ``reads`` turns what comes in into values and rows; ``answers`` is the form of a
result; ``shows`` makes words, HTML and charts of it; ``exports`` makes files; ``arithmetic`` is what several
calculators compute with. Each imports from those before it only, and none from a calculator.
"""
