"""zopa: is there a deal that every side of an armed conflict prefers to fighting on?"""
