"""The amounts of a contract by month and by hour: pure functions over exact decimals.

Energy is in MWh and power in MW, `Decimal` with six places at most. A month is named by its first day. Whoever runs a
whole year of contracts at once takes `lote`, the only module here that needs NumPy.
"""
