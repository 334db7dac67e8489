{
 "patcher": {
  "fileversion": 1,
  "appversion": {
   "major": 8,
   "minor": 6,
   "revision": 5,
   "architecture": "x64",
   "modernui": 1
  },
  "classnamespace": "box",
  "rect": [
   80.0,
   80.0,
   1130,
   628
  ],
  "default_fontsize": 12.0,
  "default_fontname": "Arial",
  "gridsize": [
   10.0,
   10.0
  ],
  "openinpresentation": 1,
  "locked_bgcolor": [
   0.86,
   0.86,
   0.86,
   1
  ],
  "editing_bgcolor": [
   0.86,
   0.86,
   0.86,
   1
  ],
  "boxes": [
   {
    "box": {
     "id": "obj-1",
     "maxclass": "panel",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      20.0,
      20.0,
      40.0,
      0
     ],
     "presentation": 1,
     "presentation_rect": [
      372.0,
      12.0,
      746.0,
      146.0
     ],
     "background": 1,
     "bgcolor": [
      0.94,
      0.94,
      0.94,
      1
     ],
     "rounded": 8
    }
   },
   {
    "box": {
     "id": "obj-2",
     "maxclass": "panel",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      96.0,
      20.0,
      40.0,
      0
     ],
     "presentation": 1,
     "presentation_rect": [
      372.0,
      166.0,
      746.0,
      206.0
     ],
     "background": 1,
     "bgcolor": [
      0.94,
      0.94,
      0.94,
      1
     ],
     "rounded": 8
    }
   },
   {
    "box": {
     "id": "obj-3",
     "maxclass": "panel",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      172.0,
      20.0,
      40.0,
      0
     ],
     "presentation": 1,
     "presentation_rect": [
      372.0,
      380.0,
      746.0,
      206.0
     ],
     "background": 1,
     "bgcolor": [
      0.94,
      0.94,
      0.94,
      1
     ],
     "rounded": 8
    }
   },
   {
    "box": {
     "id": "obj-4",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      248.0,
      20.0,
      100,
      30
     ],
     "presentation": 1,
     "presentation_rect": [
      12.0,
      10,
      100,
      30
     ],
     "text": "driftkit",
     "fontsize": 20,
     "fontface": 1
    }
   },
   {
    "box": {
     "id": "obj-5",
     "maxclass": "led",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      "int"
     ],
     "patching_rect": [
      435.0,
      60.0,
      18,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      116.0,
      16,
      18,
      18
     ],
     "oncolor": [
      0.2,
      0.8,
      0.3,
      1
     ],
     "hint": "lights when driftkit answers"
    }
   },
   {
    "box": {
     "id": "obj-6",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      574.0,
      140.0,
      216,
      36
     ],
     "presentation": 1,
     "presentation_rect": [
      138.0,
      8,
      216,
      36
     ],
     "text": "no driftkit yet: start driftkit serve",
     "linecount": 2,
     "fontsize": 11
    }
   },
   {
    "box": {
     "id": "obj-7",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      384.0,
      20.0,
      120,
      22.0
     ],
     "text": "r driftkit.there"
    }
   },
   {
    "box": {
     "id": "obj-8",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      622.0,
      20.0,
      120,
      22.0
     ],
     "text": "r driftkit.there"
    }
   },
   {
    "box": {
     "id": "obj-9",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "outlettype": [
      "bang",
      ""
     ],
     "patching_rect": [
      659.0,
      60.0,
      47,
      22.0
     ],
     "text": "sel 0"
    }
   },
   {
    "box": {
     "id": "obj-10",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      540.0,
      100.0,
      285,
      22.0
     ],
     "text": "set no driftkit yet: start driftkit serve"
    }
   },
   {
    "box": {
     "id": "obj-11",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      831.0,
      20.0,
      166,
      22.0
     ],
     "text": "r driftkit.status.reply"
    }
   },
   {
    "box": {
     "id": "obj-12",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "outlettype": [
      "",
      ""
     ],
     "patching_rect": [
      880.0,
      60.0,
      67,
      22.0
     ],
     "text": "zl nth 6"
    }
   },
   {
    "box": {
     "id": "obj-13",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      841.0,
      100.0,
      146,
      22.0
     ],
     "text": "sprintf set model %s"
    }
   },
   {
    "box": {
     "id": "obj-14",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1013.0,
      20.0,
      113,
      22.0
     ],
     "text": "r driftkit.fail"
    }
   },
   {
    "box": {
     "id": "obj-15",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "outlettype": [
      "",
      ""
     ],
     "patching_rect": [
      1006.0,
      60.0,
      80,
      22.0
     ],
     "text": "zl slice 1"
    }
   },
   {
    "box": {
     "id": "obj-16",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1003.0,
      100.0,
      87,
      22.0
     ],
     "text": "prepend set"
    }
   },
   {
    "box": {
     "id": "obj-17",
     "maxclass": "umenu",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "int",
      "",
      ""
     ],
     "patching_rect": [
      1198.0,
      220.0,
      132,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      12.0,
      52.0,
      132,
      22
     ],
     "items": [
      "kits"
     ],
     "hint": "opens a kit"
    }
   },
   {
    "box": {
     "id": "obj-18",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1231.0,
      260.0,
      67,
      22.0
     ],
     "text": "tosymbol"
    }
   },
   {
    "box": {
     "id": "obj-19",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1162.0,
      300.0,
      205,
      22.0
     ],
     "text": "prepend /driftkit/preset/load"
    }
   },
   {
    "box": {
     "id": "obj-20",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1212.0,
      340.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-21",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1182.0,
      20.0,
      166,
      22.0
     ],
     "text": "r driftkit.status.reply"
    }
   },
   {
    "box": {
     "id": "obj-22",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "outlettype": [
      "",
      ""
     ],
     "patching_rect": [
      1228.0,
      60.0,
      73,
      22.0
     ],
     "text": "zl nth 11"
    }
   },
   {
    "box": {
     "id": "obj-23",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "outlettype": [
      "",
      ""
     ],
     "patching_rect": [
      1238.0,
      100.0,
      54,
      22.0
     ],
     "text": "zl reg"
    }
   },
   {
    "box": {
     "id": "obj-24",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1202.0,
      140.0,
      126,
      22.0
     ],
     "text": "prepend setsymbol"
    }
   },
   {
    "box": {
     "id": "obj-25",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1364.0,
      20.0,
      126,
      22.0
     ],
     "text": "r driftkit.preset"
    }
   },
   {
    "box": {
     "id": "obj-26",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "bang",
      "",
      ""
     ],
     "patching_rect": [
      1337.0,
      60.0,
      60,
      22.0
     ],
     "text": "t b l l"
    }
   },
   {
    "box": {
     "id": "obj-27",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "outlettype": [
      "",
      ""
     ],
     "patching_rect": [
      1327.0,
      100.0,
      80,
      22.0
     ],
     "text": "zl slice 1"
    }
   },
   {
    "box": {
     "id": "obj-28",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "outlettype": [
      "bang",
      ""
     ],
     "patching_rect": [
      1344.0,
      140.0,
      47,
      22.0
     ],
     "text": "sel 0"
    }
   },
   {
    "box": {
     "id": "obj-29",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1241.0,
      180.0,
      47,
      22.0
     ],
     "text": "clear"
    }
   },
   {
    "box": {
     "id": "obj-30",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "int",
      "int",
      ""
     ],
     "patching_rect": [
      1423.0,
      100.0,
      93,
      22.0
     ],
     "text": "unpack i i s"
    }
   },
   {
    "box": {
     "id": "obj-31",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1406.0,
      140.0,
      106,
      22.0
     ],
     "text": "prepend append"
    }
   },
   {
    "box": {
     "id": "obj-32",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      1630.0,
      20.0,
      24,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      148.0,
      52.0,
      24,
      22
     ],
     "text": "<",
     "hint": "opens the previous kit",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-33",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1552.0,
      60.0,
      179,
      22.0
     ],
     "text": "/driftkit/preset/previous"
    }
   },
   {
    "box": {
     "id": "obj-34",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1588.0,
      100.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-35",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      1831.0,
      20.0,
      24,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      174.0,
      52.0,
      24,
      22
     ],
     "text": ">",
     "hint": "opens the next kit",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-36",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1767.0,
      60.0,
      153,
      22.0
     ],
     "text": "/driftkit/preset/next"
    }
   },
   {
    "box": {
     "id": "obj-37",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1791.0,
      100.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-38",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1956.0,
      20.0,
      48,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      202.0,
      54.0,
      48,
      18
     ],
     "text": "save as",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-39",
     "maxclass": "textedit",
     "numinlets": 1,
     "numoutlets": 4,
     "outlettype": [
      "",
      "int",
      "",
      ""
     ],
     "patching_rect": [
      74.0,
      398.0,
      96,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      252.0,
      52.0,
      96,
      22
     ],
     "keymode": 1,
     "outputmode": 1,
     "lines": 1,
     "hint": "type a name, then Return"
    }
   },
   {
    "box": {
     "id": "obj-40",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "outlettype": [
      "",
      ""
     ],
     "patching_rect": [
      82.0,
      438.0,
      80,
      22.0
     ],
     "text": "route text"
    }
   },
   {
    "box": {
     "id": "obj-41",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      20.0,
      478.0,
      205,
      22.0
     ],
     "text": "prepend /driftkit/preset/save"
    }
   },
   {
    "box": {
     "id": "obj-42",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      70.0,
      518.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-43",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      282.0,
      438.0,
      78.0,
      54
     ],
     "presentation": 1,
     "presentation_rect": [
      12.0,
      354.0,
      78.0,
      54
     ],
     "text": "1",
     "hint": "plays and selects pad 1",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-44",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      445.0,
      398.0,
      78.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      12.0,
      410.0,
      78.0,
      22
     ],
     "text": "new",
     "hint": "makes another sound for pad 1",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-45",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      261.0,
      398.0,
      120,
      22.0
     ],
     "text": "r driftkit.pad.1"
    }
   },
   {
    "box": {
     "id": "obj-46",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      301.0,
      510.0,
      40.0,
      22.0
     ],
     "text": "1"
    }
   },
   {
    "box": {
     "id": "obj-47",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      268.0,
      550.0,
      106,
      22.0
     ],
     "text": "s driftkit.hit"
    }
   },
   {
    "box": {
     "id": "obj-48",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      417.0,
      438.0,
      133,
      22.0
     ],
     "text": "/driftkit/render 1"
    }
   },
   {
    "box": {
     "id": "obj-49",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      431.0,
      478.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-50",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      607.0,
      438.0,
      78.0,
      54
     ],
     "presentation": 1,
     "presentation_rect": [
      98.0,
      354.0,
      78.0,
      54
     ],
     "text": "2",
     "hint": "plays and selects pad 2",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-51",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      770.0,
      398.0,
      78.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      98.0,
      410.0,
      78.0,
      22
     ],
     "text": "new",
     "hint": "makes another sound for pad 2",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-52",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      586.0,
      398.0,
      120,
      22.0
     ],
     "text": "r driftkit.pad.2"
    }
   },
   {
    "box": {
     "id": "obj-53",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      626.0,
      510.0,
      40.0,
      22.0
     ],
     "text": "2"
    }
   },
   {
    "box": {
     "id": "obj-54",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      593.0,
      550.0,
      106,
      22.0
     ],
     "text": "s driftkit.hit"
    }
   },
   {
    "box": {
     "id": "obj-55",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      742.0,
      438.0,
      133,
      22.0
     ],
     "text": "/driftkit/render 2"
    }
   },
   {
    "box": {
     "id": "obj-56",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      756.0,
      478.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-57",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      932.0,
      438.0,
      78.0,
      54
     ],
     "presentation": 1,
     "presentation_rect": [
      184.0,
      354.0,
      78.0,
      54
     ],
     "text": "3",
     "hint": "plays and selects pad 3",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-58",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      1095.0,
      398.0,
      78.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      184.0,
      410.0,
      78.0,
      22
     ],
     "text": "new",
     "hint": "makes another sound for pad 3",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-59",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      911.0,
      398.0,
      120,
      22.0
     ],
     "text": "r driftkit.pad.3"
    }
   },
   {
    "box": {
     "id": "obj-60",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      951.0,
      510.0,
      40.0,
      22.0
     ],
     "text": "3"
    }
   },
   {
    "box": {
     "id": "obj-61",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      918.0,
      550.0,
      106,
      22.0
     ],
     "text": "s driftkit.hit"
    }
   },
   {
    "box": {
     "id": "obj-62",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1067.0,
      438.0,
      133,
      22.0
     ],
     "text": "/driftkit/render 3"
    }
   },
   {
    "box": {
     "id": "obj-63",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1081.0,
      478.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-64",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      1257.0,
      438.0,
      78.0,
      54
     ],
     "presentation": 1,
     "presentation_rect": [
      270.0,
      354.0,
      78.0,
      54
     ],
     "text": "4",
     "hint": "plays and selects pad 4",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-65",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      1420.0,
      398.0,
      78.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      270.0,
      410.0,
      78.0,
      22
     ],
     "text": "new",
     "hint": "makes another sound for pad 4",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-66",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1236.0,
      398.0,
      120,
      22.0
     ],
     "text": "r driftkit.pad.4"
    }
   },
   {
    "box": {
     "id": "obj-67",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1276.0,
      510.0,
      40.0,
      22.0
     ],
     "text": "4"
    }
   },
   {
    "box": {
     "id": "obj-68",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1243.0,
      550.0,
      106,
      22.0
     ],
     "text": "s driftkit.hit"
    }
   },
   {
    "box": {
     "id": "obj-69",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1392.0,
      438.0,
      133,
      22.0
     ],
     "text": "/driftkit/render 4"
    }
   },
   {
    "box": {
     "id": "obj-70",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1406.0,
      478.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-71",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      1582.0,
      438.0,
      78.0,
      54
     ],
     "presentation": 1,
     "presentation_rect": [
      12.0,
      268.0,
      78.0,
      54
     ],
     "text": "5",
     "hint": "plays and selects pad 5",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-72",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      1745.0,
      398.0,
      78.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      12.0,
      324.0,
      78.0,
      22
     ],
     "text": "new",
     "hint": "makes another sound for pad 5",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-73",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1561.0,
      398.0,
      120,
      22.0
     ],
     "text": "r driftkit.pad.5"
    }
   },
   {
    "box": {
     "id": "obj-74",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1601.0,
      510.0,
      40.0,
      22.0
     ],
     "text": "5"
    }
   },
   {
    "box": {
     "id": "obj-75",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1568.0,
      550.0,
      106,
      22.0
     ],
     "text": "s driftkit.hit"
    }
   },
   {
    "box": {
     "id": "obj-76",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1717.0,
      438.0,
      133,
      22.0
     ],
     "text": "/driftkit/render 5"
    }
   },
   {
    "box": {
     "id": "obj-77",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1731.0,
      478.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-78",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      1907.0,
      438.0,
      78.0,
      54
     ],
     "presentation": 1,
     "presentation_rect": [
      98.0,
      268.0,
      78.0,
      54
     ],
     "text": "6",
     "hint": "plays and selects pad 6",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-79",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      2070.0,
      398.0,
      78.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      98.0,
      324.0,
      78.0,
      22
     ],
     "text": "new",
     "hint": "makes another sound for pad 6",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-80",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1886.0,
      398.0,
      120,
      22.0
     ],
     "text": "r driftkit.pad.6"
    }
   },
   {
    "box": {
     "id": "obj-81",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1926.0,
      510.0,
      40.0,
      22.0
     ],
     "text": "6"
    }
   },
   {
    "box": {
     "id": "obj-82",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1893.0,
      550.0,
      106,
      22.0
     ],
     "text": "s driftkit.hit"
    }
   },
   {
    "box": {
     "id": "obj-83",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      2042.0,
      438.0,
      133,
      22.0
     ],
     "text": "/driftkit/render 6"
    }
   },
   {
    "box": {
     "id": "obj-84",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      2056.0,
      478.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-85",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      41.0,
      648.0,
      78.0,
      54
     ],
     "presentation": 1,
     "presentation_rect": [
      184.0,
      268.0,
      78.0,
      54
     ],
     "text": "7",
     "hint": "plays and selects pad 7",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-86",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      204.0,
      608.0,
      78.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      184.0,
      324.0,
      78.0,
      22
     ],
     "text": "new",
     "hint": "makes another sound for pad 7",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-87",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      20.0,
      608.0,
      120,
      22.0
     ],
     "text": "r driftkit.pad.7"
    }
   },
   {
    "box": {
     "id": "obj-88",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      60.0,
      720.0,
      40.0,
      22.0
     ],
     "text": "7"
    }
   },
   {
    "box": {
     "id": "obj-89",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      27.0,
      760.0,
      106,
      22.0
     ],
     "text": "s driftkit.hit"
    }
   },
   {
    "box": {
     "id": "obj-90",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      176.0,
      648.0,
      133,
      22.0
     ],
     "text": "/driftkit/render 7"
    }
   },
   {
    "box": {
     "id": "obj-91",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      190.0,
      688.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-92",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      366.0,
      648.0,
      78.0,
      54
     ],
     "presentation": 1,
     "presentation_rect": [
      270.0,
      268.0,
      78.0,
      54
     ],
     "text": "8",
     "hint": "plays and selects pad 8",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-93",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      529.0,
      608.0,
      78.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      270.0,
      324.0,
      78.0,
      22
     ],
     "text": "new",
     "hint": "makes another sound for pad 8",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-94",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      345.0,
      608.0,
      120,
      22.0
     ],
     "text": "r driftkit.pad.8"
    }
   },
   {
    "box": {
     "id": "obj-95",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      385.0,
      720.0,
      40.0,
      22.0
     ],
     "text": "8"
    }
   },
   {
    "box": {
     "id": "obj-96",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      352.0,
      760.0,
      106,
      22.0
     ],
     "text": "s driftkit.hit"
    }
   },
   {
    "box": {
     "id": "obj-97",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      501.0,
      648.0,
      133,
      22.0
     ],
     "text": "/driftkit/render 8"
    }
   },
   {
    "box": {
     "id": "obj-98",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      515.0,
      688.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-99",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      691.0,
      648.0,
      78.0,
      54
     ],
     "presentation": 1,
     "presentation_rect": [
      12.0,
      182.0,
      78.0,
      54
     ],
     "text": "9",
     "hint": "plays and selects pad 9",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-100",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      854.0,
      608.0,
      78.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      12.0,
      238.0,
      78.0,
      22
     ],
     "text": "new",
     "hint": "makes another sound for pad 9",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-101",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      670.0,
      608.0,
      120,
      22.0
     ],
     "text": "r driftkit.pad.9"
    }
   },
   {
    "box": {
     "id": "obj-102",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      710.0,
      720.0,
      40.0,
      22.0
     ],
     "text": "9"
    }
   },
   {
    "box": {
     "id": "obj-103",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      677.0,
      760.0,
      106,
      22.0
     ],
     "text": "s driftkit.hit"
    }
   },
   {
    "box": {
     "id": "obj-104",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      826.0,
      648.0,
      133,
      22.0
     ],
     "text": "/driftkit/render 9"
    }
   },
   {
    "box": {
     "id": "obj-105",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      840.0,
      688.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-106",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      1019.0,
      648.0,
      78.0,
      54
     ],
     "presentation": 1,
     "presentation_rect": [
      98.0,
      182.0,
      78.0,
      54
     ],
     "text": "10",
     "hint": "plays and selects pad 10",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-107",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      1187.0,
      608.0,
      78.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      98.0,
      238.0,
      78.0,
      22
     ],
     "text": "new",
     "hint": "makes another sound for pad 10",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-108",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      995.0,
      608.0,
      126,
      22.0
     ],
     "text": "r driftkit.pad.10"
    }
   },
   {
    "box": {
     "id": "obj-109",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1038.0,
      720.0,
      40.0,
      22.0
     ],
     "text": "10"
    }
   },
   {
    "box": {
     "id": "obj-110",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1005.0,
      760.0,
      106,
      22.0
     ],
     "text": "s driftkit.hit"
    }
   },
   {
    "box": {
     "id": "obj-111",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1157.0,
      648.0,
      139,
      22.0
     ],
     "text": "/driftkit/render 10"
    }
   },
   {
    "box": {
     "id": "obj-112",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1173.0,
      688.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-113",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      1356.0,
      648.0,
      78.0,
      54
     ],
     "presentation": 1,
     "presentation_rect": [
      184.0,
      182.0,
      78.0,
      54
     ],
     "text": "11",
     "hint": "plays and selects pad 11",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-114",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      1524.0,
      608.0,
      78.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      184.0,
      238.0,
      78.0,
      22
     ],
     "text": "new",
     "hint": "makes another sound for pad 11",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-115",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1332.0,
      608.0,
      126,
      22.0
     ],
     "text": "r driftkit.pad.11"
    }
   },
   {
    "box": {
     "id": "obj-116",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1375.0,
      720.0,
      40.0,
      22.0
     ],
     "text": "11"
    }
   },
   {
    "box": {
     "id": "obj-117",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1342.0,
      760.0,
      106,
      22.0
     ],
     "text": "s driftkit.hit"
    }
   },
   {
    "box": {
     "id": "obj-118",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1494.0,
      648.0,
      139,
      22.0
     ],
     "text": "/driftkit/render 11"
    }
   },
   {
    "box": {
     "id": "obj-119",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1510.0,
      688.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-120",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      1693.0,
      648.0,
      78.0,
      54
     ],
     "presentation": 1,
     "presentation_rect": [
      270.0,
      182.0,
      78.0,
      54
     ],
     "text": "12",
     "hint": "plays and selects pad 12",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-121",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      1861.0,
      608.0,
      78.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      270.0,
      238.0,
      78.0,
      22
     ],
     "text": "new",
     "hint": "makes another sound for pad 12",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-122",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1669.0,
      608.0,
      126,
      22.0
     ],
     "text": "r driftkit.pad.12"
    }
   },
   {
    "box": {
     "id": "obj-123",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1712.0,
      720.0,
      40.0,
      22.0
     ],
     "text": "12"
    }
   },
   {
    "box": {
     "id": "obj-124",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1679.0,
      760.0,
      106,
      22.0
     ],
     "text": "s driftkit.hit"
    }
   },
   {
    "box": {
     "id": "obj-125",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1831.0,
      648.0,
      139,
      22.0
     ],
     "text": "/driftkit/render 12"
    }
   },
   {
    "box": {
     "id": "obj-126",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1847.0,
      688.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-127",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      2030.0,
      648.0,
      78.0,
      54
     ],
     "presentation": 1,
     "presentation_rect": [
      12.0,
      96.0,
      78.0,
      54
     ],
     "text": "13",
     "hint": "plays and selects pad 13",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-128",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      50.0,
      818.0,
      78.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      12.0,
      152.0,
      78.0,
      22
     ],
     "text": "new",
     "hint": "makes another sound for pad 13",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-129",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      2006.0,
      608.0,
      126,
      22.0
     ],
     "text": "r driftkit.pad.13"
    }
   },
   {
    "box": {
     "id": "obj-130",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      2049.0,
      720.0,
      40.0,
      22.0
     ],
     "text": "13"
    }
   },
   {
    "box": {
     "id": "obj-131",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      2016.0,
      760.0,
      106,
      22.0
     ],
     "text": "s driftkit.hit"
    }
   },
   {
    "box": {
     "id": "obj-132",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      20.0,
      858.0,
      139,
      22.0
     ],
     "text": "/driftkit/render 13"
    }
   },
   {
    "box": {
     "id": "obj-133",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      36.0,
      898.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-134",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      219.0,
      858.0,
      78.0,
      54
     ],
     "presentation": 1,
     "presentation_rect": [
      98.0,
      96.0,
      78.0,
      54
     ],
     "text": "14",
     "hint": "plays and selects pad 14",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-135",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      387.0,
      818.0,
      78.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      98.0,
      152.0,
      78.0,
      22
     ],
     "text": "new",
     "hint": "makes another sound for pad 14",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-136",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      195.0,
      818.0,
      126,
      22.0
     ],
     "text": "r driftkit.pad.14"
    }
   },
   {
    "box": {
     "id": "obj-137",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      238.0,
      930.0,
      40.0,
      22.0
     ],
     "text": "14"
    }
   },
   {
    "box": {
     "id": "obj-138",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      205.0,
      970.0,
      106,
      22.0
     ],
     "text": "s driftkit.hit"
    }
   },
   {
    "box": {
     "id": "obj-139",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      357.0,
      858.0,
      139,
      22.0
     ],
     "text": "/driftkit/render 14"
    }
   },
   {
    "box": {
     "id": "obj-140",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      373.0,
      898.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-141",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      556.0,
      858.0,
      78.0,
      54
     ],
     "presentation": 1,
     "presentation_rect": [
      184.0,
      96.0,
      78.0,
      54
     ],
     "text": "15",
     "hint": "plays and selects pad 15",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-142",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      724.0,
      818.0,
      78.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      184.0,
      152.0,
      78.0,
      22
     ],
     "text": "new",
     "hint": "makes another sound for pad 15",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-143",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      532.0,
      818.0,
      126,
      22.0
     ],
     "text": "r driftkit.pad.15"
    }
   },
   {
    "box": {
     "id": "obj-144",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      575.0,
      930.0,
      40.0,
      22.0
     ],
     "text": "15"
    }
   },
   {
    "box": {
     "id": "obj-145",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      542.0,
      970.0,
      106,
      22.0
     ],
     "text": "s driftkit.hit"
    }
   },
   {
    "box": {
     "id": "obj-146",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      694.0,
      858.0,
      139,
      22.0
     ],
     "text": "/driftkit/render 15"
    }
   },
   {
    "box": {
     "id": "obj-147",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      710.0,
      898.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-148",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      893.0,
      858.0,
      78.0,
      54
     ],
     "presentation": 1,
     "presentation_rect": [
      270.0,
      96.0,
      78.0,
      54
     ],
     "text": "16",
     "hint": "plays and selects pad 16",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-149",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      1061.0,
      818.0,
      78.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      270.0,
      152.0,
      78.0,
      22
     ],
     "text": "new",
     "hint": "makes another sound for pad 16",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-150",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      869.0,
      818.0,
      126,
      22.0
     ],
     "text": "r driftkit.pad.16"
    }
   },
   {
    "box": {
     "id": "obj-151",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      912.0,
      930.0,
      40.0,
      22.0
     ],
     "text": "16"
    }
   },
   {
    "box": {
     "id": "obj-152",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      879.0,
      970.0,
      106,
      22.0
     ],
     "text": "s driftkit.hit"
    }
   },
   {
    "box": {
     "id": "obj-153",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1031.0,
      858.0,
      139,
      22.0
     ],
     "text": "/driftkit/render 16"
    }
   },
   {
    "box": {
     "id": "obj-154",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1047.0,
      898.0,
      106,
      22.0
     ],
     "text": "s driftkit.out"
    }
   },
   {
    "box": {
     "id": "obj-155",
     "maxclass": "waveform~",
     "numinlets": 5,
     "numoutlets": 6,
     "outlettype": [
      "float",
      "float",
      "float",
      "float",
      "list",
      ""
     ],
     "patching_rect": [
      1206.0,
      898.0,
      336,
      76
     ],
     "presentation": 1,
     "presentation_rect": [
      12.0,
      450.0,
      336,
      76
     ],
     "buffername": "driftkit.1",
     "vticks": 0,
     "labels": 0
    }
   },
   {
    "box": {
     "id": "obj-156",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1304.0,
      818.0,
      139,
      22.0
     ],
     "text": "r driftkit.selected"
    }
   },
   {
    "box": {
     "id": "obj-157",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1288.0,
      858.0,
      172,
      22.0
     ],
     "text": "sprintf set driftkit.%ld"
    }
   },
   {
    "box": {
     "id": "obj-158",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1578.0,
      858.0,
      336,
      20
     ],
     "presentation": 1,
     "presentation_rect": [
      12.0,
      528.0,
      336,
      20
     ],
     "text": "no sound yet",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-159",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1690.0,
      818.0,
      113,
      22.0
     ],
     "text": "r driftkit.told"
    }
   },
   {
    "box": {
     "id": "obj-160",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      1961.0,
      818.0,
      78.0,
      26.0
     ],
     "presentation": 1,
     "presentation_rect": [
      12.0,
      552.0,
      78.0,
      26.0
     ],
     "text": "render",
     "hint": "render the selected pad",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-161",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1973.0,
      862.0,
      54,
      22.0
     ],
     "text": "render"
    }
   },
   {
    "box": {
     "id": "obj-162",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1950.0,
      902.0,
      100,
      22.0
     ],
     "text": "s driftkit.do"
    }
   },
   {
    "box": {
     "id": "obj-163",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      2097.0,
      818.0,
      78.0,
      26.0
     ],
     "presentation": 1,
     "presentation_rect": [
      98.0,
      552.0,
      78.0,
      26.0
     ],
     "text": "undo",
     "hint": "undo the selected pad",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-164",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      2116.0,
      862.0,
      40.0,
      22.0
     ],
     "text": "undo"
    }
   },
   {
    "box": {
     "id": "obj-165",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      2086.0,
      902.0,
      100,
      22.0
     ],
     "text": "s driftkit.do"
    }
   },
   {
    "box": {
     "id": "obj-166",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      31.0,
      1028.0,
      78.0,
      26.0
     ],
     "presentation": 1,
     "presentation_rect": [
      184.0,
      552.0,
      78.0,
      26.0
     ],
     "text": "redo",
     "hint": "redo the selected pad",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-167",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      50.0,
      1072.0,
      40.0,
      22.0
     ],
     "text": "redo"
    }
   },
   {
    "box": {
     "id": "obj-168",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      20.0,
      1112.0,
      100,
      22.0
     ],
     "text": "s driftkit.do"
    }
   },
   {
    "box": {
     "id": "obj-169",
     "maxclass": "textbutton",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "int"
     ],
     "patching_rect": [
      167.0,
      1028.0,
      78.0,
      26.0
     ],
     "presentation": 1,
     "presentation_rect": [
      270.0,
      552.0,
      78.0,
      26.0
     ],
     "text": "stop",
     "hint": "stop the selected pad",
     "mode": 0,
     "outputmode": 0,
     "rounded": 6,
     "bgcolor": [
      0.2,
      0.22,
      0.26,
      1.0
     ],
     "textcolor": [
      1,
      1,
      1,
      1
     ]
    }
   },
   {
    "box": {
     "id": "obj-170",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      186.0,
      1072.0,
      40.0,
      22.0
     ],
     "text": "stop"
    }
   },
   {
    "box": {
     "id": "obj-171",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      156.0,
      1112.0,
      100,
      22.0
     ],
     "text": "s driftkit.do"
    }
   },
   {
    "box": {
     "id": "obj-172",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      292.0,
      1188.0,
      225,
      22.0
     ],
     "text": "driftkit.net 127.0.0.1 9001 9002"
    }
   },
   {
    "box": {
     "id": "obj-173",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      804.0,
      1028.0,
      40,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      12.0,
      594.0,
      40,
      18
     ],
     "text": "host",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-174",
     "maxclass": "textedit",
     "numinlets": 1,
     "numoutlets": 4,
     "outlettype": [
      "",
      "int",
      "",
      ""
     ],
     "patching_rect": [
      358.0,
      1068.0,
      92.0,
      22.0
     ],
     "presentation": 1,
     "presentation_rect": [
      52.0,
      592.0,
      92.0,
      22.0
     ],
     "keymode": 1,
     "outputmode": 1,
     "lines": 1,
     "hint": "the machine of driftkit serve"
    }
   },
   {
    "box": {
     "id": "obj-175",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      325.0,
      1028.0,
      159,
      22.0
     ],
     "text": "loadmess set 127.0.0.1"
    }
   },
   {
    "box": {
     "id": "obj-176",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "outlettype": [
      "",
      ""
     ],
     "patching_rect": [
      364.0,
      1108.0,
      80,
      22.0
     ],
     "text": "route text"
    }
   },
   {
    "box": {
     "id": "obj-177",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      358.0,
      1148.0,
      93,
      22.0
     ],
     "text": "prepend host"
    }
   },
   {
    "box": {
     "id": "obj-178",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      880.0,
      1028.0,
      40,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      152.0,
      594.0,
      40,
      18
     ],
     "text": "port",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-179",
     "maxclass": "number",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "bang"
     ],
     "patching_rect": [
      481.0,
      1068.0,
      52.0,
      22.0
     ],
     "presentation": 1,
     "presentation_rect": [
      192.0,
      592.0,
      52.0,
      22.0
     ],
     "minimum": 1,
     "maximum": 65535,
     "hint": "a port; another program may have the other one"
    }
   },
   {
    "box": {
     "id": "obj-180",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      500.0,
      1028.0,
      126,
      22.0
     ],
     "text": "loadmess set 9001"
    }
   },
   {
    "box": {
     "id": "obj-181",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      460.0,
      1108.0,
      93,
      22.0
     ],
     "text": "prepend port"
    }
   },
   {
    "box": {
     "id": "obj-182",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      956.0,
      1028.0,
      40,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      252.0,
      594.0,
      40,
      18
     ],
     "text": "listen",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-183",
     "maxclass": "number",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "bang"
     ],
     "patching_rect": [
      596.0,
      1068.0,
      52.0,
      22.0
     ],
     "presentation": 1,
     "presentation_rect": [
      292.0,
      592.0,
      52.0,
      22.0
     ],
     "minimum": 1,
     "maximum": 65535,
     "hint": "a port; another program may have the other one"
    }
   },
   {
    "box": {
     "id": "obj-184",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      642.0,
      1028.0,
      126,
      22.0
     ],
     "text": "loadmess set 9002"
    }
   },
   {
    "box": {
     "id": "obj-185",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      570.0,
      1108.0,
      106,
      22.0
     ],
     "text": "prepend listen"
    }
   },
   {
    "box": {
     "id": "obj-186",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1032.0,
      1028.0,
      200,
      20
     ],
     "presentation": 1,
     "presentation_rect": [
      378.0,
      16.0,
      200,
      20
     ],
     "text": "what it is",
     "fontface": 1
    }
   },
   {
    "box": {
     "id": "obj-187",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1268.0,
      1028.0,
      90.0,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      380.0,
      38.0,
      90.0,
      18
     ],
     "text": "task",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-188",
     "maxclass": "live.menu",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "float"
     ],
     "patching_rect": [
      1418.0,
      1068.0,
      84.0,
      20
     ],
     "presentation": 1,
     "presentation_rect": [
      380.0,
      58.0,
      84.0,
      20
     ],
     "varname": "task",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "task",
       "parameter_shortname": "task",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 2,
       "parameter_enum": [
        "generate",
        "vary",
        "inpaint",
        "interpolate",
        "reshape"
       ],
       "parameter_mmax": 4
      }
     },
     "hint": "What a render does: a new sound, or one made from source A (and B).",
     "annotation": "What a render does: a new sound, or one made from source A (and B)."
    }
   },
   {
    "box": {
     "id": "obj-189",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1394.0,
      1028.0,
      133,
      22.0
     ],
     "text": "r driftkit.is.task"
    }
   },
   {
    "box": {
     "id": "obj-190",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1414.0,
      1106.0,
      93,
      22.0
     ],
     "text": "prepend task"
    }
   },
   {
    "box": {
     "id": "obj-191",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1404.0,
      1146.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-192",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      1587.0,
      1068.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      472.0,
      38.0,
      84.0,
      52
     ],
     "varname": "kick",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "kick",
       "parameter_shortname": "kick",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "Weight of the class kick.",
     "annotation": "Weight of the class kick."
    }
   },
   {
    "box": {
     "id": "obj-193",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1563.0,
      1028.0,
      133,
      22.0
     ],
     "text": "r driftkit.is.kick"
    }
   },
   {
    "box": {
     "id": "obj-194",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1583.0,
      1138.0,
      93,
      22.0
     ],
     "text": "prepend kick"
    }
   },
   {
    "box": {
     "id": "obj-195",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1573.0,
      1178.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-196",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      1760.0,
      1068.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      564.0,
      38.0,
      84.0,
      52
     ],
     "varname": "snare",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "snare",
       "parameter_shortname": "snare",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "Weight of the class snare.",
     "annotation": "Weight of the class snare."
    }
   },
   {
    "box": {
     "id": "obj-197",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1732.0,
      1028.0,
      139,
      22.0
     ],
     "text": "r driftkit.is.snare"
    }
   },
   {
    "box": {
     "id": "obj-198",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1752.0,
      1138.0,
      100,
      22.0
     ],
     "text": "prepend snare"
    }
   },
   {
    "box": {
     "id": "obj-199",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1745.0,
      1178.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-200",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      1938.0,
      1068.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      656.0,
      38.0,
      84.0,
      52
     ],
     "varname": "cymbal",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "cymbal",
       "parameter_shortname": "cymbal",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "Weight of the class cymbal.",
     "annotation": "Weight of the class cymbal."
    }
   },
   {
    "box": {
     "id": "obj-201",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1907.0,
      1028.0,
      146,
      22.0
     ],
     "text": "r driftkit.is.cymbal"
    }
   },
   {
    "box": {
     "id": "obj-202",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1927.0,
      1138.0,
      106,
      22.0
     ],
     "text": "prepend cymbal"
    }
   },
   {
    "box": {
     "id": "obj-203",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1923.0,
      1178.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-204",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      71.0,
      1286.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      748.0,
      38.0,
      84.0,
      52
     ],
     "varname": "hihat_closed",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "hihat_closed",
       "parameter_shortname": "hihat closed",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "Weight of the class hihat_closed.",
     "annotation": "Weight of the class hihat_closed."
    }
   },
   {
    "box": {
     "id": "obj-205",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      20.0,
      1246.0,
      186,
      22.0
     ],
     "text": "r driftkit.is.hihat_closed"
    }
   },
   {
    "box": {
     "id": "obj-206",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      40.0,
      1356.0,
      146,
      22.0
     ],
     "text": "prepend hihat_closed"
    }
   },
   {
    "box": {
     "id": "obj-207",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      56.0,
      1396.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-208",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      286.0,
      1286.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      840.0,
      38.0,
      84.0,
      52
     ],
     "varname": "hihat_open",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "hihat_open",
       "parameter_shortname": "hihat open",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "Weight of the class hihat_open.",
     "annotation": "Weight of the class hihat_open."
    }
   },
   {
    "box": {
     "id": "obj-209",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      242.0,
      1246.0,
      172,
      22.0
     ],
     "text": "r driftkit.is.hihat_open"
    }
   },
   {
    "box": {
     "id": "obj-210",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      262.0,
      1356.0,
      133,
      22.0
     ],
     "text": "prepend hihat_open"
    }
   },
   {
    "box": {
     "id": "obj-211",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      272.0,
      1396.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-212",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      478.0,
      1286.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      932.0,
      38.0,
      84.0,
      52
     ],
     "varname": "crash",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "crash",
       "parameter_shortname": "crash",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "Weight of the class crash.",
     "annotation": "Weight of the class crash."
    }
   },
   {
    "box": {
     "id": "obj-213",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      450.0,
      1246.0,
      139,
      22.0
     ],
     "text": "r driftkit.is.crash"
    }
   },
   {
    "box": {
     "id": "obj-214",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      470.0,
      1356.0,
      100,
      22.0
     ],
     "text": "prepend crash"
    }
   },
   {
    "box": {
     "id": "obj-215",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      463.0,
      1396.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-216",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      649.0,
      1286.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      1024.0,
      38.0,
      84.0,
      52
     ],
     "varname": "ride",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "ride",
       "parameter_shortname": "ride",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "Weight of the class ride.",
     "annotation": "Weight of the class ride."
    }
   },
   {
    "box": {
     "id": "obj-217",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      625.0,
      1246.0,
      133,
      22.0
     ],
     "text": "r driftkit.is.ride"
    }
   },
   {
    "box": {
     "id": "obj-218",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      645.0,
      1356.0,
      93,
      22.0
     ],
     "text": "prepend ride"
    }
   },
   {
    "box": {
     "id": "obj-219",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      635.0,
      1396.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-220",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      815.0,
      1286.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      380.0,
      98.0,
      84.0,
      52
     ],
     "varname": "tom",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "tom",
       "parameter_shortname": "tom",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "Weight of the class tom.",
     "annotation": "Weight of the class tom."
    }
   },
   {
    "box": {
     "id": "obj-221",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      794.0,
      1246.0,
      126,
      22.0
     ],
     "text": "r driftkit.is.tom"
    }
   },
   {
    "box": {
     "id": "obj-222",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      814.0,
      1356.0,
      87,
      22.0
     ],
     "text": "prepend tom"
    }
   },
   {
    "box": {
     "id": "obj-223",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      800.0,
      1396.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-224",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      980.0,
      1286.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      472.0,
      98.0,
      84.0,
      52
     ],
     "varname": "clap",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "clap",
       "parameter_shortname": "clap",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "Weight of the class clap.",
     "annotation": "Weight of the class clap."
    }
   },
   {
    "box": {
     "id": "obj-225",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      956.0,
      1246.0,
      133,
      22.0
     ],
     "text": "r driftkit.is.clap"
    }
   },
   {
    "box": {
     "id": "obj-226",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      976.0,
      1356.0,
      93,
      22.0
     ],
     "text": "prepend clap"
    }
   },
   {
    "box": {
     "id": "obj-227",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      966.0,
      1396.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-228",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      1146.0,
      1286.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      564.0,
      98.0,
      84.0,
      52
     ],
     "varname": "rim",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "rim",
       "parameter_shortname": "rim",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "Weight of the class rim.",
     "annotation": "Weight of the class rim."
    }
   },
   {
    "box": {
     "id": "obj-229",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1125.0,
      1246.0,
      126,
      22.0
     ],
     "text": "r driftkit.is.rim"
    }
   },
   {
    "box": {
     "id": "obj-230",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1145.0,
      1356.0,
      87,
      22.0
     ],
     "text": "prepend rim"
    }
   },
   {
    "box": {
     "id": "obj-231",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1131.0,
      1396.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-232",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      1315.0,
      1286.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      656.0,
      98.0,
      84.0,
      52
     ],
     "varname": "conga",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "conga",
       "parameter_shortname": "conga",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "Weight of the class conga.",
     "annotation": "Weight of the class conga."
    }
   },
   {
    "box": {
     "id": "obj-233",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1287.0,
      1246.0,
      139,
      22.0
     ],
     "text": "r driftkit.is.conga"
    }
   },
   {
    "box": {
     "id": "obj-234",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1307.0,
      1356.0,
      100,
      22.0
     ],
     "text": "prepend conga"
    }
   },
   {
    "box": {
     "id": "obj-235",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1300.0,
      1396.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-236",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      1493.0,
      1286.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      748.0,
      98.0,
      84.0,
      52
     ],
     "varname": "shaker",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "shaker",
       "parameter_shortname": "shaker",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "Weight of the class shaker.",
     "annotation": "Weight of the class shaker."
    }
   },
   {
    "box": {
     "id": "obj-237",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1462.0,
      1246.0,
      146,
      22.0
     ],
     "text": "r driftkit.is.shaker"
    }
   },
   {
    "box": {
     "id": "obj-238",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1482.0,
      1356.0,
      106,
      22.0
     ],
     "text": "prepend shaker"
    }
   },
   {
    "box": {
     "id": "obj-239",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1478.0,
      1396.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-240",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      1672.0,
      1286.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      840.0,
      98.0,
      84.0,
      52
     ],
     "varname": "block",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "block",
       "parameter_shortname": "block",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "Weight of the class block.",
     "annotation": "Weight of the class block."
    }
   },
   {
    "box": {
     "id": "obj-241",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1644.0,
      1246.0,
      139,
      22.0
     ],
     "text": "r driftkit.is.block"
    }
   },
   {
    "box": {
     "id": "obj-242",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1664.0,
      1356.0,
      100,
      22.0
     ],
     "text": "prepend block"
    }
   },
   {
    "box": {
     "id": "obj-243",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1657.0,
      1396.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-244",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1819.0,
      1246.0,
      200,
      20
     ],
     "presentation": 1,
     "presentation_rect": [
      378.0,
      170.0,
      200,
      20
     ],
     "text": "how it is made",
     "fontface": 1
    }
   },
   {
    "box": {
     "id": "obj-245",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      58.0,
      1494.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      380.0,
      192.0,
      84.0,
      52
     ],
     "varname": "guidance",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "guidance",
       "parameter_shortname": "guidance",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 10.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "Strength of the pull towards the classes: 0 none, 1 Bayes, more is purer and less varied.",
     "annotation": "Strength of the pull towards the classes: 0 none, 1 Bayes, more is purer and less varied."
    }
   },
   {
    "box": {
     "id": "obj-246",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      20.0,
      1454.0,
      159,
      22.0
     ],
     "text": "r driftkit.is.guidance"
    }
   },
   {
    "box": {
     "id": "obj-247",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      40.0,
      1564.0,
      120,
      22.0
     ],
     "text": "prepend guidance"
    }
   },
   {
    "box": {
     "id": "obj-248",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      43.0,
      1604.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-249",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      215.0,
      1454.0,
      90.0,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      472.0,
      192.0,
      90.0,
      18
     ],
     "text": "guidance weight",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-250",
     "maxclass": "live.menu",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "float"
     ],
     "patching_rect": [
      401.0,
      1494.0,
      84.0,
      20
     ],
     "presentation": 1,
     "presentation_rect": [
      472.0,
      212.0,
      84.0,
      20
     ],
     "varname": "guidance_weight",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "guidance_weight",
       "parameter_shortname": "guidance weight",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 2,
       "parameter_enum": [
        "bayes",
        "1/sigma"
       ],
       "parameter_mmax": 1
      }
     },
     "hint": "For a model guided by a classifier: its gradient as Bayes has it, or over sigma as CRASH's code does.",
     "annotation": "For a model guided by a classifier: its gradient as Bayes has it, or over sigma as CRASH's code does."
    }
   },
   {
    "box": {
     "id": "obj-251",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      341.0,
      1454.0,
      205,
      22.0
     ],
     "text": "r driftkit.is.guidance_weight"
    }
   },
   {
    "box": {
     "id": "obj-252",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      361.0,
      1532.0,
      166,
      22.0
     ],
     "text": "prepend guidance_weight"
    }
   },
   {
    "box": {
     "id": "obj-253",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      387.0,
      1572.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-254",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      623.0,
      1494.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      564.0,
      192.0,
      84.0,
      52
     ],
     "varname": "variation",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "variation",
       "parameter_shortname": "variation",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "For vary: the noise level t from which source A is denoised; 0 gives it back, 1 uses nothing of it.",
     "annotation": "For vary: the noise level t from which source A is denoised; 0 gives it back, 1 uses nothing of it."
    }
   },
   {
    "box": {
     "id": "obj-255",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      582.0,
      1454.0,
      166,
      22.0
     ],
     "text": "r driftkit.is.variation"
    }
   },
   {
    "box": {
     "id": "obj-256",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      602.0,
      1564.0,
      126,
      22.0
     ],
     "text": "prepend variation"
    }
   },
   {
    "box": {
     "id": "obj-257",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      608.0,
      1604.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-258",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      838.0,
      1494.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      656.0,
      192.0,
      84.0,
      52
     ],
     "varname": "interpolation",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "interpolation",
       "parameter_shortname": "interpolation",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "For interpolate: the way from source A (0) to source B (1).",
     "annotation": "For interpolate: the way from source A (0) to source B (1)."
    }
   },
   {
    "box": {
     "id": "obj-259",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      784.0,
      1454.0,
      192,
      22.0
     ],
     "text": "r driftkit.is.interpolation"
    }
   },
   {
    "box": {
     "id": "obj-260",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      804.0,
      1564.0,
      153,
      22.0
     ],
     "text": "prepend interpolation"
    }
   },
   {
    "box": {
     "id": "obj-261",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      824.0,
      1604.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-262",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      1072.0,
      1494.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      748.0,
      192.0,
      84.0,
      52
     ],
     "varname": "interpolation_t",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "interpolation_t",
       "parameter_shortname": "interpolation t",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "For interpolate: the noise level t of the latent in which A and B are mixed.",
     "annotation": "For interpolate: the noise level t of the latent in which A and B are mixed."
    }
   },
   {
    "box": {
     "id": "obj-263",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1012.0,
      1454.0,
      205,
      22.0
     ],
     "text": "r driftkit.is.interpolation_t"
    }
   },
   {
    "box": {
     "id": "obj-264",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1032.0,
      1564.0,
      166,
      22.0
     ],
     "text": "prepend interpolation_t"
    }
   },
   {
    "box": {
     "id": "obj-265",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1058.0,
      1604.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-266",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1253.0,
      1454.0,
      90.0,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      840.0,
      192.0,
      90.0,
      18
     ],
     "text": "interpolation latent",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-267",
     "maxclass": "live.menu",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "float"
     ],
     "patching_rect": [
      1456.0,
      1494.0,
      84.0,
      20
     ],
     "presentation": 1,
     "presentation_rect": [
      840.0,
      212.0,
      84.0,
      20
     ],
     "varname": "interpolation_latent",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "interpolation_latent",
       "parameter_shortname": "interpolation latent",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 2,
       "parameter_enum": [
        "ode",
        "noise"
       ],
       "parameter_mmax": 1
      }
     },
     "hint": "For interpolate: A and B are encoded by the ODE, or both get one noise, as in vary.",
     "annotation": "For interpolate: A and B are encoded by the ODE, or both get one noise, as in vary."
    }
   },
   {
    "box": {
     "id": "obj-268",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1379.0,
      1454.0,
      238,
      22.0
     ],
     "text": "r driftkit.is.interpolation_latent"
    }
   },
   {
    "box": {
     "id": "obj-269",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1399.0,
      1532.0,
      199,
      22.0
     ],
     "text": "prepend interpolation_latent"
    }
   },
   {
    "box": {
     "id": "obj-270",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1441.0,
      1572.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-271",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      1717.0,
      1494.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      932.0,
      192.0,
      84.0,
      52
     ],
     "varname": "inpaint_start_ms",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "inpaint_start_ms",
       "parameter_shortname": "inpaint start",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 998.458,
       "parameter_unitstyle": 2
      }
     },
     "hint": "For inpaint: where the new part begins.",
     "annotation": "For inpaint: where the new part begins."
    }
   },
   {
    "box": {
     "id": "obj-272",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1653.0,
      1454.0,
      212,
      22.0
     ],
     "text": "r driftkit.is.inpaint_start_ms"
    }
   },
   {
    "box": {
     "id": "obj-273",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1673.0,
      1564.0,
      172,
      22.0
     ],
     "text": "prepend inpaint_start_ms"
    }
   },
   {
    "box": {
     "id": "obj-274",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1703.0,
      1604.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-275",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      1959.0,
      1494.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      1024.0,
      192.0,
      84.0,
      52
     ],
     "varname": "inpaint_end_ms",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "inpaint_end_ms",
       "parameter_shortname": "inpaint end",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 998.458,
       "parameter_unitstyle": 2
      }
     },
     "hint": "For inpaint: where the new part ends.",
     "annotation": "For inpaint: where the new part ends."
    }
   },
   {
    "box": {
     "id": "obj-276",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1901.0,
      1454.0,
      199,
      22.0
     ],
     "text": "r driftkit.is.inpaint_end_ms"
    }
   },
   {
    "box": {
     "id": "obj-277",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1921.0,
      1564.0,
      159,
      22.0
     ],
     "text": "prepend inpaint_end_ms"
    }
   },
   {
    "box": {
     "id": "obj-278",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1944.0,
      1604.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-279",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      64.0,
      1702.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      380.0,
      252.0,
      84.0,
      52
     ],
     "varname": "resampling",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "resampling",
       "parameter_shortname": "resampling",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 1,
       "parameter_mmin": 1.0,
       "parameter_mmax": 20.0,
       "parameter_unitstyle": 0
      }
     },
     "hint": "For inpaint: how often each step is taken, noised back up between; more joins better, time grows with it.",
     "annotation": "For inpaint: how often each step is taken, noised back up between; more joins better, time grows with it."
    }
   },
   {
    "box": {
     "id": "obj-280",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      20.0,
      1662.0,
      172,
      22.0
     ],
     "text": "r driftkit.is.resampling"
    }
   },
   {
    "box": {
     "id": "obj-281",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      40.0,
      1772.0,
      133,
      22.0
     ],
     "text": "prepend resampling"
    }
   },
   {
    "box": {
     "id": "obj-282",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      50.0,
      1812.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-283",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      256.0,
      1702.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      472.0,
      252.0,
      84.0,
      52
     ],
     "varname": "steps",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "steps",
       "parameter_shortname": "steps",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 1.0,
       "parameter_mmax": 400.0,
       "parameter_unitstyle": 0,
       "parameter_exponent": 4.392
      }
     },
     "hint": "Solver steps over the part of t that is travelled; time grows in proportion.",
     "annotation": "Solver steps over the part of t that is travelled; time grows in proportion."
    }
   },
   {
    "box": {
     "id": "obj-284",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      228.0,
      1662.0,
      139,
      22.0
     ],
     "text": "r driftkit.is.steps"
    }
   },
   {
    "box": {
     "id": "obj-285",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 1,
     "outlettype": [
      "int"
     ],
     "patching_rect": [
      278.0,
      1772.0,
      40.0,
      22.0
     ],
     "text": "i"
    }
   },
   {
    "box": {
     "id": "obj-286",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      248.0,
      1812.0,
      100,
      22.0
     ],
     "text": "prepend steps"
    }
   },
   {
    "box": {
     "id": "obj-287",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      241.0,
      1852.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-288",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      457.0,
      1702.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      564.0,
      252.0,
      84.0,
      52
     ],
     "varname": "stochasticity",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "stochasticity",
       "parameter_shortname": "stochasticity",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "Fresh noise between steps, from the ODE (0) to the SDE (1); where latents are mixed, none unless set.",
     "annotation": "Fresh noise between steps, from the ODE (0) to the SDE (1); where latents are mixed, none unless set."
    }
   },
   {
    "box": {
     "id": "obj-289",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      403.0,
      1662.0,
      192,
      22.0
     ],
     "text": "r driftkit.is.stochasticity"
    }
   },
   {
    "box": {
     "id": "obj-290",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      423.0,
      1772.0,
      153,
      22.0
     ],
     "text": "prepend stochasticity"
    }
   },
   {
    "box": {
     "id": "obj-291",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      443.0,
      1812.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-292",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      631.0,
      1662.0,
      90.0,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      656.0,
      252.0,
      90.0,
      18
     ],
     "text": "quality",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-293",
     "maxclass": "live.menu",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "float"
     ],
     "patching_rect": [
      791.0,
      1702.0,
      84.0,
      20
     ],
     "presentation": 1,
     "presentation_rect": [
      656.0,
      272.0,
      84.0,
      20
     ],
     "varname": "quality",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "quality",
       "parameter_shortname": "quality",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 2,
       "parameter_enum": [
        "live",
        "fine"
       ],
       "parameter_mmax": 1
      }
     },
     "hint": "Few steps at once, or as many as sound best; what is set of steps, solver and so on counts.",
     "annotation": "Few steps at once, or as many as sound best; what is set of steps, solver and so on counts."
    }
   },
   {
    "box": {
     "id": "obj-294",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      757.0,
      1662.0,
      153,
      22.0
     ],
     "text": "r driftkit.is.quality"
    }
   },
   {
    "box": {
     "id": "obj-295",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      777.0,
      1740.0,
      113,
      22.0
     ],
     "text": "prepend quality"
    }
   },
   {
    "box": {
     "id": "obj-296",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      777.0,
      1780.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-297",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      946.0,
      1662.0,
      90.0,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      748.0,
      252.0,
      90.0,
      18
     ],
     "text": "solver",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-298",
     "maxclass": "live.menu",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "float"
     ],
     "patching_rect": [
      1103.0,
      1702.0,
      84.0,
      20
     ],
     "presentation": 1,
     "presentation_rect": [
      748.0,
      272.0,
      84.0,
      20
     ],
     "varname": "solver",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "solver",
       "parameter_shortname": "solver",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 2,
       "parameter_enum": [
        "auto",
        "ddim",
        "heun",
        "dpmpp_2m",
        "dpmpp_3m",
        "euler",
        "rk45",
        "flow_map"
       ],
       "parameter_mmax": 7
      }
     },
     "hint": "The solver; auto is the model's choice, rk45 takes its own steps, flow_map the jumps that it learnt.",
     "annotation": "The solver; auto is the model's choice, rk45 takes its own steps, flow_map the jumps that it learnt."
    }
   },
   {
    "box": {
     "id": "obj-299",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1072.0,
      1662.0,
      146,
      22.0
     ],
     "text": "r driftkit.is.solver"
    }
   },
   {
    "box": {
     "id": "obj-300",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1092.0,
      1740.0,
      106,
      22.0
     ],
     "text": "prepend solver"
    }
   },
   {
    "box": {
     "id": "obj-301",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1088.0,
      1780.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-302",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1254.0,
      1662.0,
      90.0,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      840.0,
      252.0,
      90.0,
      18
     ],
     "text": "spacing",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-303",
     "maxclass": "live.menu",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "float"
     ],
     "patching_rect": [
      1414.0,
      1702.0,
      84.0,
      20
     ],
     "presentation": 1,
     "presentation_rect": [
      840.0,
      272.0,
      84.0,
      20
     ],
     "varname": "spacing",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "spacing",
       "parameter_shortname": "spacing",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 2,
       "parameter_enum": [
        "auto",
        "karras",
        "log_snr",
        "uniform",
        "learned"
       ],
       "parameter_mmax": 4
      }
     },
     "hint": "How steps lie over the noise levels: uniform in t as in CRASH, learned for few; auto is the model's.",
     "annotation": "How steps lie over the noise levels: uniform in t as in CRASH, learned for few; auto is the model's."
    }
   },
   {
    "box": {
     "id": "obj-304",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1380.0,
      1662.0,
      153,
      22.0
     ],
     "text": "r driftkit.is.spacing"
    }
   },
   {
    "box": {
     "id": "obj-305",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1400.0,
      1740.0,
      113,
      22.0
     ],
     "text": "prepend spacing"
    }
   },
   {
    "box": {
     "id": "obj-306",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1400.0,
      1780.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-307",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1569.0,
      1662.0,
      90.0,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      932.0,
      252.0,
      90.0,
      18
     ],
     "text": "seed",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-308",
     "maxclass": "number",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "bang"
     ],
     "patching_rect": [
      1719.0,
      1702.0,
      84.0,
      20
     ],
     "presentation": 1,
     "presentation_rect": [
      932.0,
      272.0,
      84.0,
      20
     ],
     "minimum": -1,
     "maximum": 16777215,
     "hint": "The seed of all noise; -1 draws one, which is then reported.",
     "annotation": "The seed of all noise; -1 draws one, which is then reported."
    }
   },
   {
    "box": {
     "id": "obj-309",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1695.0,
      1662.0,
      133,
      22.0
     ],
     "text": "r driftkit.is.seed"
    }
   },
   {
    "box": {
     "id": "obj-310",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1715.0,
      1740.0,
      93,
      22.0
     ],
     "text": "prepend seed"
    }
   },
   {
    "box": {
     "id": "obj-311",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1705.0,
      1780.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-312",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1864.0,
      1662.0,
      274.0,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      380.0,
      312.0,
      274.0,
      18
     ],
     "text": "source a",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-313",
     "maxclass": "textedit",
     "numinlets": 1,
     "numoutlets": 4,
     "outlettype": [
      "",
      "int",
      "",
      ""
     ],
     "patching_rect": [
      20.0,
      1950.0,
      204.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      380.0,
      332.0,
      204.0,
      22
     ],
     "outputmode": 1,
     "keymode": 1,
     "lines": 1,
     "nosymquotes": 1,
     "fontsize": 9.5,
     "hint": "Source A: a sound file, pad:N, or empty for this pad's own sound.",
     "annotation": "Source A: a sound file, pad:N, or empty for this pad's own sound."
    }
   },
   {
    "box": {
     "id": "obj-314",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      42.0,
      1910.0,
      159,
      22.0
     ],
     "text": "r driftkit.is.source_a"
    }
   },
   {
    "box": {
     "id": "obj-315",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "outlettype": [
      "",
      ""
     ],
     "patching_rect": [
      82.0,
      1990.0,
      80,
      22.0
     ],
     "text": "route text"
    }
   },
   {
    "box": {
     "id": "obj-316",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      62.0,
      2030.0,
      120,
      22.0
     ],
     "text": "prepend source_a"
    }
   },
   {
    "box": {
     "id": "obj-317",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      66.0,
      2070.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-318",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      260.0,
      1910.0,
      60,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      588.0,
      332.0,
      60,
      22
     ],
     "text": "drop file",
     "textjustification": 1,
     "ignoreclick": 1,
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-319",
     "maxclass": "dropfile",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      ""
     ],
     "patching_rect": [
      409.0,
      1910.0,
      60,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      588.0,
      332.0,
      60,
      22
     ],
     "types": [],
     "hint": "Source A: a sound file, pad:N, or empty for this pad's own sound."
    }
   },
   {
    "box": {
     "id": "obj-320",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "int"
     ],
     "patching_rect": [
      356.0,
      1950.0,
      166,
      22.0
     ],
     "text": "conformpath native boot"
    }
   },
   {
    "box": {
     "id": "obj-321",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      379.0,
      1990.0,
      120,
      22.0
     ],
     "text": "prepend source_a"
    }
   },
   {
    "box": {
     "id": "obj-322",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      382.0,
      2030.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-323",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      558.0,
      1910.0,
      274.0,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      656.0,
      312.0,
      274.0,
      18
     ],
     "text": "source b",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-324",
     "maxclass": "textedit",
     "numinlets": 1,
     "numoutlets": 4,
     "outlettype": [
      "",
      "int",
      "",
      ""
     ],
     "patching_rect": [
      868.0,
      1950.0,
      204.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      656.0,
      332.0,
      204.0,
      22
     ],
     "outputmode": 1,
     "keymode": 1,
     "lines": 1,
     "nosymquotes": 1,
     "fontsize": 9.5,
     "hint": "Source B, for interpolate: a sound file or pad:N.",
     "annotation": "Source B, for interpolate: a sound file or pad:N."
    }
   },
   {
    "box": {
     "id": "obj-325",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      890.0,
      1910.0,
      159,
      22.0
     ],
     "text": "r driftkit.is.source_b"
    }
   },
   {
    "box": {
     "id": "obj-326",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "outlettype": [
      "",
      ""
     ],
     "patching_rect": [
      930.0,
      1990.0,
      80,
      22.0
     ],
     "text": "route text"
    }
   },
   {
    "box": {
     "id": "obj-327",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      910.0,
      2030.0,
      120,
      22.0
     ],
     "text": "prepend source_b"
    }
   },
   {
    "box": {
     "id": "obj-328",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      914.0,
      2070.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-329",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1108.0,
      1910.0,
      60,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      864.0,
      332.0,
      60,
      22
     ],
     "text": "drop file",
     "textjustification": 1,
     "ignoreclick": 1,
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-330",
     "maxclass": "dropfile",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      ""
     ],
     "patching_rect": [
      1257.0,
      1910.0,
      60,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      864.0,
      332.0,
      60,
      22
     ],
     "types": [],
     "hint": "Source B, for interpolate: a sound file or pad:N."
    }
   },
   {
    "box": {
     "id": "obj-331",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "int"
     ],
     "patching_rect": [
      1204.0,
      1950.0,
      166,
      22.0
     ],
     "text": "conformpath native boot"
    }
   },
   {
    "box": {
     "id": "obj-332",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1227.0,
      1990.0,
      120,
      22.0
     ],
     "text": "prepend source_b"
    }
   },
   {
    "box": {
     "id": "obj-333",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1230.0,
      2030.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-334",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1406.0,
      1910.0,
      200,
      20
     ],
     "presentation": 1,
     "presentation_rect": [
      378.0,
      384.0,
      200,
      20
     ],
     "text": "how it is played",
     "fontface": 1
    }
   },
   {
    "box": {
     "id": "obj-335",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      1676.0,
      1950.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      380.0,
      406.0,
      84.0,
      52
     ],
     "varname": "gain_db",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "gain_db",
       "parameter_shortname": "gain",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": -60.0,
       "parameter_mmax": 12.0,
       "parameter_unitstyle": 4
      }
     },
     "hint": "Level of the pad when it is played.",
     "annotation": "Level of the pad when it is played."
    }
   },
   {
    "box": {
     "id": "obj-336",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1642.0,
      1910.0,
      153,
      22.0
     ],
     "text": "r driftkit.is.gain_db"
    }
   },
   {
    "box": {
     "id": "obj-337",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1662.0,
      2020.0,
      113,
      22.0
     ],
     "text": "prepend gain_db"
    }
   },
   {
    "box": {
     "id": "obj-338",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1662.0,
      2060.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-339",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      1852.0,
      1950.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      472.0,
      406.0,
      84.0,
      52
     ],
     "varname": "pan",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "pan",
       "parameter_shortname": "pan",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": -1.0,
       "parameter_mmax": 1.0,
       "parameter_unitstyle": 1
      }
     },
     "hint": "From left (-1) to right (1), at constant power; the middle leaves the sound as it is.",
     "annotation": "From left (-1) to right (1), at constant power; the middle leaves the sound as it is."
    }
   },
   {
    "box": {
     "id": "obj-340",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1831.0,
      1910.0,
      126,
      22.0
     ],
     "text": "r driftkit.is.pan"
    }
   },
   {
    "box": {
     "id": "obj-341",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1851.0,
      2020.0,
      87,
      22.0
     ],
     "text": "prepend pan"
    }
   },
   {
    "box": {
     "id": "obj-342",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1837.0,
      2060.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-343",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      80.0,
      2168.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      564.0,
      406.0,
      84.0,
      52
     ],
     "varname": "pitch_semitones",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "pitch_semitones",
       "parameter_shortname": "pitch",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": -24.0,
       "parameter_mmax": 24.0,
       "parameter_unitstyle": 7
      }
     },
     "hint": "Played higher or lower, and so shorter or longer, as a sampler does.",
     "annotation": "Played higher or lower, and so shorter or longer, as a sampler does."
    }
   },
   {
    "box": {
     "id": "obj-344",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      20.0,
      2128.0,
      205,
      22.0
     ],
     "text": "r driftkit.is.pitch_semitones"
    }
   },
   {
    "box": {
     "id": "obj-345",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      40.0,
      2238.0,
      166,
      22.0
     ],
     "text": "prepend pitch_semitones"
    }
   },
   {
    "box": {
     "id": "obj-346",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      66.0,
      2278.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-347",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      299.0,
      2168.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      656.0,
      406.0,
      84.0,
      52
     ],
     "varname": "decay_ms",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "decay_ms",
       "parameter_shortname": "decay",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 998.458,
       "parameter_unitstyle": 2
      }
     },
     "hint": "The sound has fallen to silence, exponentially, after this time; 0 is off.",
     "annotation": "The sound has fallen to silence, exponentially, after this time; 0 is off."
    }
   },
   {
    "box": {
     "id": "obj-348",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      261.0,
      2128.0,
      159,
      22.0
     ],
     "text": "r driftkit.is.decay_ms"
    }
   },
   {
    "box": {
     "id": "obj-349",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      281.0,
      2238.0,
      120,
      22.0
     ],
     "text": "prepend decay_ms"
    }
   },
   {
    "box": {
     "id": "obj-350",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      284.0,
      2278.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-351",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      484.0,
      2168.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      748.0,
      406.0,
      84.0,
      52
     ],
     "varname": "choke",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "choke",
       "parameter_shortname": "choke",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 1,
       "parameter_mmin": 0.0,
       "parameter_mmax": 16.0,
       "parameter_unitstyle": 0
      }
     },
     "hint": "Choke group: a hit ends what sounds of its group, the pad's own included; 0 lets everything ring.",
     "annotation": "Choke group: a hit ends what sounds of its group, the pad's own included; 0 lets everything ring."
    }
   },
   {
    "box": {
     "id": "obj-352",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      456.0,
      2128.0,
      139,
      22.0
     ],
     "text": "r driftkit.is.choke"
    }
   },
   {
    "box": {
     "id": "obj-353",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      476.0,
      2238.0,
      100,
      22.0
     ],
     "text": "prepend choke"
    }
   },
   {
    "box": {
     "id": "obj-354",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      469.0,
      2278.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-355",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      631.0,
      2128.0,
      90.0,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      840.0,
      406.0,
      90.0,
      18
     ],
     "text": "velocity curve",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-356",
     "maxclass": "live.menu",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "float"
     ],
     "patching_rect": [
      815.0,
      2168.0,
      84.0,
      20
     ],
     "presentation": 1,
     "presentation_rect": [
      840.0,
      426.0,
      84.0,
      20
     ],
     "varname": "velocity_curve",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "velocity_curve",
       "parameter_shortname": "velocity curve",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 2,
       "parameter_enum": [
        "linear",
        "square",
        "fixed"
       ],
       "parameter_mmax": 2
      }
     },
     "hint": "How the velocity of a hit becomes its amplitude; fixed is always full.",
     "annotation": "How the velocity of a hit becomes its amplitude; fixed is always full."
    }
   },
   {
    "box": {
     "id": "obj-357",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      757.0,
      2128.0,
      199,
      22.0
     ],
     "text": "r driftkit.is.velocity_curve"
    }
   },
   {
    "box": {
     "id": "obj-358",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      777.0,
      2206.0,
      159,
      22.0
     ],
     "text": "prepend velocity_curve"
    }
   },
   {
    "box": {
     "id": "obj-359",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      800.0,
      2246.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-360",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      992.0,
      2128.0,
      90.0,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      932.0,
      406.0,
      90.0,
      18
     ],
     "text": "audition",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-361",
     "maxclass": "live.toggle",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1188.0,
      2168.0,
      20,
      20
     ],
     "presentation": 1,
     "presentation_rect": [
      934.0,
      426.0,
      20,
      20
     ],
     "varname": "audition",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "audition",
       "parameter_shortname": "audition",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 2,
       "parameter_enum": [
        "off",
        "on"
       ],
       "parameter_mmax": 1
      }
     },
     "hint": "1 plays the pad as soon as a render that was asked for is done.",
     "annotation": "1 plays the pad as soon as a render that was asked for is done."
    }
   },
   {
    "box": {
     "id": "obj-362",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1118.0,
      2128.0,
      159,
      22.0
     ],
     "text": "r driftkit.is.audition"
    }
   },
   {
    "box": {
     "id": "obj-363",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1138.0,
      2206.0,
      120,
      22.0
     ],
     "text": "prepend audition"
    }
   },
   {
    "box": {
     "id": "obj-364",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1141.0,
      2246.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-365",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1313.0,
      2128.0,
      274.0,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      380.0,
      466.0,
      274.0,
      18
     ],
     "text": "name",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-366",
     "maxclass": "textedit",
     "numinlets": 1,
     "numoutlets": 4,
     "outlettype": [
      "",
      "int",
      "",
      ""
     ],
     "patching_rect": [
      1623.0,
      2168.0,
      268.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      380.0,
      486.0,
      268.0,
      22
     ],
     "outputmode": 1,
     "keymode": 1,
     "lines": 1,
     "nosymquotes": 1,
     "fontsize": 9.5,
     "hint": "The pad's name; goes into its files.",
     "annotation": "The pad's name; goes into its files."
    }
   },
   {
    "box": {
     "id": "obj-367",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1691.0,
      2128.0,
      133,
      22.0
     ],
     "text": "r driftkit.is.name"
    }
   },
   {
    "box": {
     "id": "obj-368",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "outlettype": [
      "",
      ""
     ],
     "patching_rect": [
      1717.0,
      2208.0,
      80,
      22.0
     ],
     "text": "route text"
    }
   },
   {
    "box": {
     "id": "obj-369",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1711.0,
      2248.0,
      93,
      22.0
     ],
     "text": "prepend name"
    }
   },
   {
    "box": {
     "id": "obj-370",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1701.0,
      2288.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-371",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      1951.0,
      2168.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      656.0,
      466.0,
      84.0,
      52
     ],
     "varname": "note",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "note",
       "parameter_shortname": "note",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 1,
       "parameter_mmin": 0.0,
       "parameter_mmax": 127.0,
       "parameter_unitstyle": 0
      }
     },
     "hint": "The pad's MIDI note and the root note in its files.",
     "annotation": "The pad's MIDI note and the root note in its files."
    }
   },
   {
    "box": {
     "id": "obj-372",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1927.0,
      2128.0,
      133,
      22.0
     ],
     "text": "r driftkit.is.note"
    }
   },
   {
    "box": {
     "id": "obj-373",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1947.0,
      2238.0,
      93,
      22.0
     ],
     "text": "prepend note"
    }
   },
   {
    "box": {
     "id": "obj-374",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1937.0,
      2278.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-375",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      2096.0,
      2128.0,
      90.0,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      748.0,
      466.0,
      90.0,
      18
     ],
     "text": "lock seed",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-376",
     "maxclass": "live.toggle",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      93.0,
      2386.0,
      20,
      20
     ],
     "presentation": 1,
     "presentation_rect": [
      750.0,
      486.0,
      20,
      20
     ],
     "varname": "lock_seed",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "lock_seed",
       "parameter_shortname": "lock seed",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 2,
       "parameter_enum": [
        "off",
        "on"
       ],
       "parameter_mmax": 1
      }
     },
     "hint": "1 keeps the seed last used where seed is -1.",
     "annotation": "1 keeps the seed last used where seed is -1."
    }
   },
   {
    "box": {
     "id": "obj-377",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      20.0,
      2346.0,
      166,
      22.0
     ],
     "text": "r driftkit.is.lock_seed"
    }
   },
   {
    "box": {
     "id": "obj-378",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      40.0,
      2424.0,
      126,
      22.0
     ],
     "text": "prepend lock_seed"
    }
   },
   {
    "box": {
     "id": "obj-379",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      46.0,
      2464.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-380",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      222.0,
      2346.0,
      90.0,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      840.0,
      466.0,
      90.0,
      18
     ],
     "text": "auto render",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-381",
     "maxclass": "live.menu",
     "numinlets": 1,
     "numoutlets": 3,
     "outlettype": [
      "",
      "",
      "float"
     ],
     "patching_rect": [
      396.0,
      2386.0,
      84.0,
      20
     ],
     "presentation": 1,
     "presentation_rect": [
      840.0,
      486.0,
      84.0,
      20
     ],
     "varname": "auto_render",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "auto_render",
       "parameter_shortname": "auto render",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 2,
       "parameter_enum": [
        "off",
        "after_hit",
        "on_change"
       ],
       "parameter_mmax": 2
      }
     },
     "hint": "after_hit has a new sound ready for each hit; on_change renders as soon as a render control moves.",
     "annotation": "after_hit has a new sound ready for each hit; on_change renders as soon as a render control moves."
    }
   },
   {
    "box": {
     "id": "obj-382",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      348.0,
      2346.0,
      179,
      22.0
     ],
     "text": "r driftkit.is.auto_render"
    }
   },
   {
    "box": {
     "id": "obj-383",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      368.0,
      2424.0,
      139,
      22.0
     ],
     "text": "prepend auto_render"
    }
   },
   {
    "box": {
     "id": "obj-384",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      381.0,
      2464.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-385",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      563.0,
      2346.0,
      274.0,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      380.0,
      526.0,
      274.0,
      18
     ],
     "text": "effects",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-386",
     "maxclass": "textedit",
     "numinlets": 1,
     "numoutlets": 4,
     "outlettype": [
      "",
      "int",
      "",
      ""
     ],
     "patching_rect": [
      873.0,
      2386.0,
      268.0,
      22
     ],
     "presentation": 1,
     "presentation_rect": [
      380.0,
      546.0,
      268.0,
      22
     ],
     "outputmode": 1,
     "keymode": 1,
     "lines": 1,
     "nosymquotes": 1,
     "fontsize": 9.5,
     "hint": "Effects on the way to be heard, as [{plugin: reverb, room_size: 0.3}]; files stay dry.",
     "annotation": "Effects on the way to be heard, as [{plugin: reverb, room_size: 0.3}]; files stay dry."
    }
   },
   {
    "box": {
     "id": "obj-387",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      931.0,
      2346.0,
      153,
      22.0
     ],
     "text": "r driftkit.is.effects"
    }
   },
   {
    "box": {
     "id": "obj-388",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "outlettype": [
      "",
      ""
     ],
     "patching_rect": [
      967.0,
      2426.0,
      80,
      22.0
     ],
     "text": "route text"
    }
   },
   {
    "box": {
     "id": "obj-389",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      951.0,
      2466.0,
      113,
      22.0
     ],
     "text": "prepend effects"
    }
   },
   {
    "box": {
     "id": "obj-390",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      951.0,
      2506.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-391",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "outlettype": [
      "",
      "float"
     ],
     "patching_rect": [
      1208.0,
      2386.0,
      84.0,
      52
     ],
     "presentation": 1,
     "presentation_rect": [
      656.0,
      526.0,
      84.0,
      52
     ],
     "varname": "output",
     "parameter_enable": 1,
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "output",
       "parameter_shortname": "output",
       "parameter_invisible": 1,
       "parameter_modmode": 0,
       "parameter_initial_enable": 0,
       "parameter_type": 1,
       "parameter_mmin": 0.0,
       "parameter_mmax": 16.0,
       "parameter_unitstyle": 0
      }
     },
     "hint": "The pair of outputs that it is heard on with `serve --outputs pads`; 0 is the pair of the pad's number.",
     "annotation": "The pair of outputs that it is heard on with `serve --outputs pads`; 0 is the pair of the pad's number."
    }
   },
   {
    "box": {
     "id": "obj-392",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1177.0,
      2346.0,
      146,
      22.0
     ],
     "text": "r driftkit.is.output"
    }
   },
   {
    "box": {
     "id": "obj-393",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "outlettype": [
      ""
     ],
     "patching_rect": [
      1197.0,
      2456.0,
      106,
      22.0
     ],
     "text": "prepend output"
    }
   },
   {
    "box": {
     "id": "obj-394",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1193.0,
      2496.0,
      113,
      22.0
     ],
     "text": "s driftkit.move"
    }
   },
   {
    "box": {
     "id": "obj-395",
     "maxclass": "comment",
     "numinlets": 1,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      1359.0,
      2346.0,
      720,
      18
     ],
     "presentation": 1,
     "presentation_rect": [
      378.0,
      594.0,
      720,
      18
     ],
     "text": "A pad plays and is selected when you click it; the controls above are those of the selected pad. Hover for help.",
     "fontsize": 9.5
    }
   },
   {
    "box": {
     "id": "obj-396",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      20.0,
      2564.0,
      146,
      22.0
     ],
     "text": "p daemon_to_controls",
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 6,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       80.0,
       640,
       480
      ],
      "default_fontsize": 12.0,
      "default_fontname": "Arial",
      "gridsize": [
       10.0,
       10.0
      ],
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          3891.0,
          20.0,
          133,
          22.0
         ],
         "text": "r driftkit.control"
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          3918.0,
          60.0,
          80,
          22.0
         ],
         "text": "zl slice 1"
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          3809.0,
          100.0,
          47,
          22.0
         ],
         "text": "sel 1"
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          3805.0,
          140.0,
          54,
          22.0
         ],
         "text": "zl reg"
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          3763.0,
          60.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 45,
         "numoutlets": 45,
         "outlettype": [
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          ""
         ],
         "patching_rect": [
          2492.0,
          180.0,
          2680,
          22.0
         ],
         "text": "route task kick snare cymbal hihat_closed hihat_open crash ride tom clap rim conga shaker block guidance guidance_weight variation interpolation interpolation_t interpolation_latent inpaint_start_ms inpaint_end_ms resampling steps stochasticity quality solver spacing seed source_a source_b gain_db pan pitch_semitones decay_ms choke velocity_curve audition name note lock_seed auto_render effects output"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          24.0,
          220.0,
          126,
          22.0
         ],
         "text": "prepend setsymbol"
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          20.0,
          260.0,
          133,
          22.0
         ],
         "text": "s driftkit.is.task"
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          192.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          169.0,
          260.0,
          133,
          22.0
         ],
         "text": "s driftkit.is.kick"
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          344.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          318.0,
          260.0,
          139,
          22.0
         ],
         "text": "s driftkit.is.snare"
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          502.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          473.0,
          260.0,
          146,
          22.0
         ],
         "text": "s driftkit.is.cymbal"
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          684.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-16",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          635.0,
          260.0,
          186,
          22.0
         ],
         "text": "s driftkit.is.hihat_closed"
        }
       },
       {
        "box": {
         "id": "obj-17",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          880.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-18",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          837.0,
          260.0,
          172,
          22.0
         ],
         "text": "s driftkit.is.hihat_open"
        }
       },
       {
        "box": {
         "id": "obj-19",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1051.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-20",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          1025.0,
          260.0,
          139,
          22.0
         ],
         "text": "s driftkit.is.crash"
        }
       },
       {
        "box": {
         "id": "obj-21",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1203.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-22",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          1180.0,
          260.0,
          133,
          22.0
         ],
         "text": "s driftkit.is.ride"
        }
       },
       {
        "box": {
         "id": "obj-23",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1348.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-24",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          1329.0,
          260.0,
          126,
          22.0
         ],
         "text": "s driftkit.is.tom"
        }
       },
       {
        "box": {
         "id": "obj-25",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1494.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-26",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          1471.0,
          260.0,
          133,
          22.0
         ],
         "text": "s driftkit.is.clap"
        }
       },
       {
        "box": {
         "id": "obj-27",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1640.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-28",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          1620.0,
          260.0,
          126,
          22.0
         ],
         "text": "s driftkit.is.rim"
        }
       },
       {
        "box": {
         "id": "obj-29",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1788.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-30",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          1762.0,
          260.0,
          139,
          22.0
         ],
         "text": "s driftkit.is.conga"
        }
       },
       {
        "box": {
         "id": "obj-31",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1946.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-32",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          1917.0,
          260.0,
          146,
          22.0
         ],
         "text": "s driftkit.is.shaker"
        }
       },
       {
        "box": {
         "id": "obj-33",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          2105.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-34",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          2079.0,
          260.0,
          139,
          22.0
         ],
         "text": "s driftkit.is.block"
        }
       },
       {
        "box": {
         "id": "obj-35",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          2270.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-36",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          2234.0,
          260.0,
          159,
          22.0
         ],
         "text": "s driftkit.is.guidance"
        }
       },
       {
        "box": {
         "id": "obj-37",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          2448.0,
          220.0,
          126,
          22.0
         ],
         "text": "prepend setsymbol"
        }
       },
       {
        "box": {
         "id": "obj-38",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          2409.0,
          260.0,
          205,
          22.0
         ],
         "text": "s driftkit.is.guidance_weight"
        }
       },
       {
        "box": {
         "id": "obj-39",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          2670.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-40",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          2630.0,
          260.0,
          166,
          22.0
         ],
         "text": "s driftkit.is.variation"
        }
       },
       {
        "box": {
         "id": "obj-41",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          2864.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-42",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          2812.0,
          260.0,
          192,
          22.0
         ],
         "text": "s driftkit.is.interpolation"
        }
       },
       {
        "box": {
         "id": "obj-43",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          3079.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-44",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          3020.0,
          260.0,
          205,
          22.0
         ],
         "text": "s driftkit.is.interpolation_t"
        }
       },
       {
        "box": {
         "id": "obj-45",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          3297.0,
          220.0,
          126,
          22.0
         ],
         "text": "prepend setsymbol"
        }
       },
       {
        "box": {
         "id": "obj-46",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          3241.0,
          260.0,
          238,
          22.0
         ],
         "text": "s driftkit.is.interpolation_latent"
        }
       },
       {
        "box": {
         "id": "obj-47",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          3558.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-48",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          3495.0,
          260.0,
          212,
          22.0
         ],
         "text": "s driftkit.is.inpaint_start_ms"
        }
       },
       {
        "box": {
         "id": "obj-49",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          3779.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-50",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          3723.0,
          260.0,
          199,
          22.0
         ],
         "text": "s driftkit.is.inpaint_end_ms"
        }
       },
       {
        "box": {
         "id": "obj-51",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          3980.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-52",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          3938.0,
          260.0,
          172,
          22.0
         ],
         "text": "s driftkit.is.resampling"
        }
       },
       {
        "box": {
         "id": "obj-53",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          4152.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-54",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          4126.0,
          260.0,
          139,
          22.0
         ],
         "text": "s driftkit.is.steps"
        }
       },
       {
        "box": {
         "id": "obj-55",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          4334.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-56",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          4281.0,
          260.0,
          192,
          22.0
         ],
         "text": "s driftkit.is.stochasticity"
        }
       },
       {
        "box": {
         "id": "obj-57",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          4502.0,
          220.0,
          126,
          22.0
         ],
         "text": "prepend setsymbol"
        }
       },
       {
        "box": {
         "id": "obj-58",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          4489.0,
          260.0,
          153,
          22.0
         ],
         "text": "s driftkit.is.quality"
        }
       },
       {
        "box": {
         "id": "obj-59",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          4668.0,
          220.0,
          126,
          22.0
         ],
         "text": "prepend setsymbol"
        }
       },
       {
        "box": {
         "id": "obj-60",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          4658.0,
          260.0,
          146,
          22.0
         ],
         "text": "s driftkit.is.solver"
        }
       },
       {
        "box": {
         "id": "obj-61",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          4834.0,
          220.0,
          126,
          22.0
         ],
         "text": "prepend setsymbol"
        }
       },
       {
        "box": {
         "id": "obj-62",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          4820.0,
          260.0,
          153,
          22.0
         ],
         "text": "s driftkit.is.spacing"
        }
       },
       {
        "box": {
         "id": "obj-63",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          5012.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-64",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          4989.0,
          260.0,
          133,
          22.0
         ],
         "text": "s driftkit.is.seed"
        }
       },
       {
        "box": {
         "id": "obj-65",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          5174.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-66",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          5138.0,
          260.0,
          159,
          22.0
         ],
         "text": "s driftkit.is.source_a"
        }
       },
       {
        "box": {
         "id": "obj-67",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          5349.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-68",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          5313.0,
          260.0,
          159,
          22.0
         ],
         "text": "s driftkit.is.source_b"
        }
       },
       {
        "box": {
         "id": "obj-69",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          5521.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-70",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          5488.0,
          260.0,
          153,
          22.0
         ],
         "text": "s driftkit.is.gain_db"
        }
       },
       {
        "box": {
         "id": "obj-71",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          5676.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-72",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          5657.0,
          260.0,
          126,
          22.0
         ],
         "text": "s driftkit.is.pan"
        }
       },
       {
        "box": {
         "id": "obj-73",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          5858.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-74",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          5799.0,
          260.0,
          205,
          22.0
         ],
         "text": "s driftkit.is.pitch_semitones"
        }
       },
       {
        "box": {
         "id": "obj-75",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          6056.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-76",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          6020.0,
          260.0,
          159,
          22.0
         ],
         "text": "s driftkit.is.decay_ms"
        }
       },
       {
        "box": {
         "id": "obj-77",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          6221.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-78",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          6195.0,
          260.0,
          139,
          22.0
         ],
         "text": "s driftkit.is.choke"
        }
       },
       {
        "box": {
         "id": "obj-79",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          6386.0,
          220.0,
          126,
          22.0
         ],
         "text": "prepend setsymbol"
        }
       },
       {
        "box": {
         "id": "obj-80",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          6350.0,
          260.0,
          199,
          22.0
         ],
         "text": "s driftkit.is.velocity_curve"
        }
       },
       {
        "box": {
         "id": "obj-81",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          6601.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-82",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          6565.0,
          260.0,
          159,
          22.0
         ],
         "text": "s driftkit.is.audition"
        }
       },
       {
        "box": {
         "id": "obj-83",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          6763.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-84",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          6740.0,
          260.0,
          133,
          22.0
         ],
         "text": "s driftkit.is.name"
        }
       },
       {
        "box": {
         "id": "obj-85",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          6912.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-86",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          6889.0,
          260.0,
          133,
          22.0
         ],
         "text": "s driftkit.is.note"
        }
       },
       {
        "box": {
         "id": "obj-87",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          7078.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-88",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          7038.0,
          260.0,
          166,
          22.0
         ],
         "text": "s driftkit.is.lock_seed"
        }
       },
       {
        "box": {
         "id": "obj-89",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          7246.0,
          220.0,
          126,
          22.0
         ],
         "text": "prepend setsymbol"
        }
       },
       {
        "box": {
         "id": "obj-90",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          7220.0,
          260.0,
          179,
          22.0
         ],
         "text": "s driftkit.is.auto_render"
        }
       },
       {
        "box": {
         "id": "obj-91",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          7448.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-92",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          7415.0,
          260.0,
          153,
          22.0
         ],
         "text": "s driftkit.is.effects"
        }
       },
       {
        "box": {
         "id": "obj-93",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          7614.0,
          220.0,
          87,
          22.0
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-94",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          7584.0,
          260.0,
          146,
          22.0
         ],
         "text": "s driftkit.is.output"
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-1",
          0
         ],
         "destination": [
          "obj-2",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-3",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          1
         ],
         "destination": [
          "obj-4",
          1
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-5",
          0
         ],
         "destination": [
          "obj-3",
          1
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-4",
          0
         ],
         "destination": [
          "obj-6",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-7",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          0
         ],
         "destination": [
          "obj-8",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          1
         ],
         "destination": [
          "obj-9",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-9",
          0
         ],
         "destination": [
          "obj-10",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          2
         ],
         "destination": [
          "obj-11",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          0
         ],
         "destination": [
          "obj-12",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          3
         ],
         "destination": [
          "obj-13",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-13",
          0
         ],
         "destination": [
          "obj-14",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          4
         ],
         "destination": [
          "obj-15",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-15",
          0
         ],
         "destination": [
          "obj-16",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          5
         ],
         "destination": [
          "obj-17",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-17",
          0
         ],
         "destination": [
          "obj-18",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          6
         ],
         "destination": [
          "obj-19",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-19",
          0
         ],
         "destination": [
          "obj-20",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          7
         ],
         "destination": [
          "obj-21",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-21",
          0
         ],
         "destination": [
          "obj-22",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          8
         ],
         "destination": [
          "obj-23",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-23",
          0
         ],
         "destination": [
          "obj-24",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          9
         ],
         "destination": [
          "obj-25",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-25",
          0
         ],
         "destination": [
          "obj-26",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          10
         ],
         "destination": [
          "obj-27",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-27",
          0
         ],
         "destination": [
          "obj-28",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          11
         ],
         "destination": [
          "obj-29",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-29",
          0
         ],
         "destination": [
          "obj-30",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          12
         ],
         "destination": [
          "obj-31",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-31",
          0
         ],
         "destination": [
          "obj-32",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          13
         ],
         "destination": [
          "obj-33",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-33",
          0
         ],
         "destination": [
          "obj-34",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          14
         ],
         "destination": [
          "obj-35",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-35",
          0
         ],
         "destination": [
          "obj-36",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          15
         ],
         "destination": [
          "obj-37",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-37",
          0
         ],
         "destination": [
          "obj-38",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          16
         ],
         "destination": [
          "obj-39",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-39",
          0
         ],
         "destination": [
          "obj-40",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          17
         ],
         "destination": [
          "obj-41",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-41",
          0
         ],
         "destination": [
          "obj-42",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          18
         ],
         "destination": [
          "obj-43",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-43",
          0
         ],
         "destination": [
          "obj-44",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          19
         ],
         "destination": [
          "obj-45",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-45",
          0
         ],
         "destination": [
          "obj-46",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          20
         ],
         "destination": [
          "obj-47",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-47",
          0
         ],
         "destination": [
          "obj-48",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          21
         ],
         "destination": [
          "obj-49",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-49",
          0
         ],
         "destination": [
          "obj-50",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          22
         ],
         "destination": [
          "obj-51",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-51",
          0
         ],
         "destination": [
          "obj-52",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          23
         ],
         "destination": [
          "obj-53",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          0
         ],
         "destination": [
          "obj-54",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          24
         ],
         "destination": [
          "obj-55",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-55",
          0
         ],
         "destination": [
          "obj-56",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          25
         ],
         "destination": [
          "obj-57",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-57",
          0
         ],
         "destination": [
          "obj-58",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          26
         ],
         "destination": [
          "obj-59",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-59",
          0
         ],
         "destination": [
          "obj-60",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          27
         ],
         "destination": [
          "obj-61",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-61",
          0
         ],
         "destination": [
          "obj-62",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          28
         ],
         "destination": [
          "obj-63",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-63",
          0
         ],
         "destination": [
          "obj-64",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          29
         ],
         "destination": [
          "obj-65",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-65",
          0
         ],
         "destination": [
          "obj-66",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          30
         ],
         "destination": [
          "obj-67",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-67",
          0
         ],
         "destination": [
          "obj-68",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          31
         ],
         "destination": [
          "obj-69",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-69",
          0
         ],
         "destination": [
          "obj-70",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          32
         ],
         "destination": [
          "obj-71",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-71",
          0
         ],
         "destination": [
          "obj-72",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          33
         ],
         "destination": [
          "obj-73",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-73",
          0
         ],
         "destination": [
          "obj-74",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          34
         ],
         "destination": [
          "obj-75",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-75",
          0
         ],
         "destination": [
          "obj-76",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          35
         ],
         "destination": [
          "obj-77",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-77",
          0
         ],
         "destination": [
          "obj-78",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          36
         ],
         "destination": [
          "obj-79",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-79",
          0
         ],
         "destination": [
          "obj-80",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          37
         ],
         "destination": [
          "obj-81",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-81",
          0
         ],
         "destination": [
          "obj-82",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          38
         ],
         "destination": [
          "obj-83",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-83",
          0
         ],
         "destination": [
          "obj-84",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          39
         ],
         "destination": [
          "obj-85",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-85",
          0
         ],
         "destination": [
          "obj-86",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          40
         ],
         "destination": [
          "obj-87",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-87",
          0
         ],
         "destination": [
          "obj-88",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          41
         ],
         "destination": [
          "obj-89",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-89",
          0
         ],
         "destination": [
          "obj-90",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          42
         ],
         "destination": [
          "obj-91",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-91",
          0
         ],
         "destination": [
          "obj-92",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          43
         ],
         "destination": [
          "obj-93",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-93",
          0
         ],
         "destination": [
          "obj-94",
          0
         ]
        }
       }
      ]
     }
    }
   },
   {
    "box": {
     "id": "obj-397",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      202.0,
      2564.0,
      146,
      22.0
     ],
     "text": "p controls_to_daemon",
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 6,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       80.0,
       640,
       480
      ],
      "default_fontsize": 12.0,
      "default_fontname": "Arial",
      "gridsize": [
       10.0,
       10.0
      ],
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          118.0,
          20.0,
          113,
          22.0
         ],
         "text": "r driftkit.move"
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          134.0,
          60.0,
          80,
          22.0
         ],
         "text": "zl slice 1"
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          205.0,
          100.0,
          47,
          22.0
         ],
         "text": "t b s"
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          "int"
         ],
         "patching_rect": [
          100.0,
          140.0,
          40.0,
          22.0
         ],
         "text": "i 1"
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          20.0,
          180.0,
          199,
          22.0
         ],
         "text": "sprintf /driftkit/pad/%ld/%s"
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          90.0,
          220.0,
          60,
          22.0
         ],
         "text": "zl join"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          66.0,
          260.0,
          106,
          22.0
         ],
         "text": "s driftkit.out"
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          50.0,
          100.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-1",
          0
         ],
         "destination": [
          "obj-2",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-3",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-4",
          0
         ],
         "destination": [
          "obj-5",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-5",
          0
         ],
         "destination": [
          "obj-6",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-7",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-3",
          1
         ],
         "destination": [
          "obj-5",
          1
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          1
         ],
         "destination": [
          "obj-6",
          1
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          0
         ],
         "destination": [
          "obj-4",
          1
         ]
        }
       }
      ]
     }
    }
   },
   {
    "box": {
     "id": "obj-398",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      384.0,
      2564.0,
      54,
      22.0
     ],
     "text": "p pads",
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 6,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       80.0,
       640,
       480
      ],
      "default_fontsize": 12.0,
      "default_fontname": "Arial",
      "gridsize": [
       10.0,
       10.0
      ],
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          159.0,
          20.0,
          106,
          22.0
         ],
         "text": "r driftkit.hit"
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "int",
          "int"
         ],
         "patching_rect": [
          188.0,
          60.0,
          47,
          22.0
         ],
         "text": "t i i"
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          20.0,
          100.0,
          159,
          22.0
         ],
         "text": "prepend /driftkit/play"
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          46.0,
          140.0,
          106,
          22.0
         ],
         "text": "s driftkit.out"
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 3,
         "outlettype": [
          "",
          "int",
          "int"
         ],
         "patching_rect": [
          297.0,
          220.0,
          54,
          22.0
         ],
         "text": "change"
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          238.0,
          260.0,
          172,
          22.0
         ],
         "text": "prepend /driftkit/select"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          271.0,
          300.0,
          106,
          22.0
         ],
         "text": "s driftkit.out"
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          649.0,
          20.0,
          113,
          22.0
         ],
         "text": "r driftkit.done"
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          626.0,
          60.0,
          159,
          22.0
         ],
         "text": "route /driftkit/select"
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          "int"
         ],
         "patching_rect": [
          686.0,
          100.0,
          40.0,
          22.0
         ],
         "text": "i"
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 4,
         "outlettype": [
          "int",
          "int",
          "int",
          "int"
         ],
         "patching_rect": [
          669.0,
          140.0,
          73,
          22.0
         ],
         "text": "t i i i i"
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          591.0,
          180.0,
          139,
          22.0
         ],
         "text": "s driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          297.0,
          180.0,
          54,
          22.0
         ],
         "text": "set $1"
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          746.0,
          180.0,
          192,
          22.0
         ],
         "text": "sprintf /driftkit/pad/%ld/*"
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          789.0,
          220.0,
          106,
          22.0
         ],
         "text": "s driftkit.out"
        }
       },
       {
        "box": {
         "id": "obj-16",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          89.0,
          358.0,
          133,
          22.0
         ],
         "text": "r driftkit.control"
        }
       },
       {
        "box": {
         "id": "obj-17",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          116.0,
          398.0,
          80,
          22.0
         ],
         "text": "zl slice 1"
        }
       },
       {
        "box": {
         "id": "obj-18",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          76.0,
          438.0,
          80,
          22.0
         ],
         "text": "route name"
        }
       },
       {
        "box": {
         "id": "obj-19",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          "bang"
         ],
         "patching_rect": [
          96.0,
          478.0,
          40.0,
          22.0
         ],
         "text": "t b"
        }
       },
       {
        "box": {
         "id": "obj-20",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          96.0,
          518.0,
          40.0,
          22.0
         ],
         "text": "1"
        }
       },
       {
        "box": {
         "id": "obj-21",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          82.0,
          558.0,
          67,
          22.0
         ],
         "text": "gate 1 0"
        }
       },
       {
        "box": {
         "id": "obj-22",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          "int"
         ],
         "patching_rect": [
          172.0,
          438.0,
          47,
          22.0
         ],
         "text": "t b i"
        }
       },
       {
        "box": {
         "id": "obj-23",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          152.0,
          478.0,
          40.0,
          22.0
         ],
         "text": "0"
        }
       },
       {
        "box": {
         "id": "obj-24",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          20.0,
          598.0,
          192,
          22.0
         ],
         "text": "prepend /driftkit/slot/list"
        }
       },
       {
        "box": {
         "id": "obj-25",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          63.0,
          638.0,
          106,
          22.0
         ],
         "text": "s driftkit.out"
        }
       },
       {
        "box": {
         "id": "obj-26",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          937.0,
          20.0,
          120,
          22.0
         ],
         "text": "r driftkit.there"
        }
       },
       {
        "box": {
         "id": "obj-27",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          974.0,
          60.0,
          47,
          22.0
         ],
         "text": "sel 1"
        }
       },
       {
        "box": {
         "id": "obj-28",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          "int"
         ],
         "patching_rect": [
          977.0,
          180.0,
          40.0,
          22.0
         ],
         "text": "i 1"
        }
       },
       {
        "box": {
         "id": "obj-29",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          911.0,
          220.0,
          172,
          22.0
         ],
         "text": "prepend /driftkit/select"
        }
       },
       {
        "box": {
         "id": "obj-30",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          944.0,
          260.0,
          106,
          22.0
         ],
         "text": "s driftkit.out"
        }
       },
       {
        "box": {
         "id": "obj-31",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          657.0,
          358.0,
          100,
          22.0
         ],
         "text": "r driftkit.do"
        }
       },
       {
        "box": {
         "id": "obj-32",
         "maxclass": "newobj",
         "numinlets": 5,
         "numoutlets": 5,
         "outlettype": [
          "",
          "",
          "",
          "",
          ""
         ],
         "patching_rect": [
          611.0,
          398.0,
          192,
          22.0
         ],
         "text": "route render undo redo stop"
        }
       },
       {
        "box": {
         "id": "obj-33",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          "int"
         ],
         "patching_rect": [
          324.0,
          438.0,
          40.0,
          22.0
         ],
         "text": "i 1"
        }
       },
       {
        "box": {
         "id": "obj-34",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          258.0,
          478.0,
          172,
          22.0
         ],
         "text": "prepend /driftkit/render"
        }
       },
       {
        "box": {
         "id": "obj-35",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          291.0,
          518.0,
          106,
          22.0
         ],
         "text": "s driftkit.out"
        }
       },
       {
        "box": {
         "id": "obj-36",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          274.0,
          398.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-37",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          "int"
         ],
         "patching_rect": [
          506.0,
          438.0,
          40.0,
          22.0
         ],
         "text": "i 1"
        }
       },
       {
        "box": {
         "id": "obj-38",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          446.0,
          478.0,
          159,
          22.0
         ],
         "text": "prepend /driftkit/undo"
        }
       },
       {
        "box": {
         "id": "obj-39",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          472.0,
          518.0,
          106,
          22.0
         ],
         "text": "s driftkit.out"
        }
       },
       {
        "box": {
         "id": "obj-40",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          456.0,
          398.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-41",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          "int"
         ],
         "patching_rect": [
          680.0,
          438.0,
          40.0,
          22.0
         ],
         "text": "i 1"
        }
       },
       {
        "box": {
         "id": "obj-42",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          621.0,
          478.0,
          159,
          22.0
         ],
         "text": "prepend /driftkit/redo"
        }
       },
       {
        "box": {
         "id": "obj-43",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          648.0,
          518.0,
          106,
          22.0
         ],
         "text": "s driftkit.out"
        }
       },
       {
        "box": {
         "id": "obj-44",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          819.0,
          398.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-45",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          "int"
         ],
         "patching_rect": [
          856.0,
          438.0,
          40.0,
          22.0
         ],
         "text": "i 1"
        }
       },
       {
        "box": {
         "id": "obj-46",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          796.0,
          478.0,
          159,
          22.0
         ],
         "text": "prepend /driftkit/stop"
        }
       },
       {
        "box": {
         "id": "obj-47",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          822.0,
          518.0,
          106,
          22.0
         ],
         "text": "s driftkit.out"
        }
       },
       {
        "box": {
         "id": "obj-48",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          974.0,
          398.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-49",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          132.0,
          696.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-50",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          178.0,
          736.0,
          47,
          22.0
         ],
         "text": "sel 1"
        }
       },
       {
        "box": {
         "id": "obj-51",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          20.0,
          776.0,
          172,
          22.0
         ],
         "text": "bgcolor 0.9 0.48 0.1 1.0"
        }
       },
       {
        "box": {
         "id": "obj-52",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          46.0,
          816.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.1"
        }
       },
       {
        "box": {
         "id": "obj-53",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          208.0,
          776.0,
          179,
          22.0
         ],
         "text": "bgcolor 0.2 0.22 0.26 1.0"
        }
       },
       {
        "box": {
         "id": "obj-54",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          238.0,
          816.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.1"
        }
       },
       {
        "box": {
         "id": "obj-55",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          535.0,
          696.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-56",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          581.0,
          736.0,
          47,
          22.0
         ],
         "text": "sel 2"
        }
       },
       {
        "box": {
         "id": "obj-57",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          423.0,
          776.0,
          172,
          22.0
         ],
         "text": "bgcolor 0.9 0.48 0.1 1.0"
        }
       },
       {
        "box": {
         "id": "obj-58",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          449.0,
          816.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.2"
        }
       },
       {
        "box": {
         "id": "obj-59",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          611.0,
          776.0,
          179,
          22.0
         ],
         "text": "bgcolor 0.2 0.22 0.26 1.0"
        }
       },
       {
        "box": {
         "id": "obj-60",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          641.0,
          816.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.2"
        }
       },
       {
        "box": {
         "id": "obj-61",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          938.0,
          696.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-62",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          984.0,
          736.0,
          47,
          22.0
         ],
         "text": "sel 3"
        }
       },
       {
        "box": {
         "id": "obj-63",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          826.0,
          776.0,
          172,
          22.0
         ],
         "text": "bgcolor 0.9 0.48 0.1 1.0"
        }
       },
       {
        "box": {
         "id": "obj-64",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          852.0,
          816.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.3"
        }
       },
       {
        "box": {
         "id": "obj-65",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1014.0,
          776.0,
          179,
          22.0
         ],
         "text": "bgcolor 0.2 0.22 0.26 1.0"
        }
       },
       {
        "box": {
         "id": "obj-66",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          1044.0,
          816.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.3"
        }
       },
       {
        "box": {
         "id": "obj-67",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          132.0,
          874.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-68",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          178.0,
          914.0,
          47,
          22.0
         ],
         "text": "sel 4"
        }
       },
       {
        "box": {
         "id": "obj-69",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          20.0,
          954.0,
          172,
          22.0
         ],
         "text": "bgcolor 0.9 0.48 0.1 1.0"
        }
       },
       {
        "box": {
         "id": "obj-70",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          46.0,
          994.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.4"
        }
       },
       {
        "box": {
         "id": "obj-71",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          208.0,
          954.0,
          179,
          22.0
         ],
         "text": "bgcolor 0.2 0.22 0.26 1.0"
        }
       },
       {
        "box": {
         "id": "obj-72",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          238.0,
          994.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.4"
        }
       },
       {
        "box": {
         "id": "obj-73",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          535.0,
          874.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-74",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          581.0,
          914.0,
          47,
          22.0
         ],
         "text": "sel 5"
        }
       },
       {
        "box": {
         "id": "obj-75",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          423.0,
          954.0,
          172,
          22.0
         ],
         "text": "bgcolor 0.9 0.48 0.1 1.0"
        }
       },
       {
        "box": {
         "id": "obj-76",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          449.0,
          994.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.5"
        }
       },
       {
        "box": {
         "id": "obj-77",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          611.0,
          954.0,
          179,
          22.0
         ],
         "text": "bgcolor 0.2 0.22 0.26 1.0"
        }
       },
       {
        "box": {
         "id": "obj-78",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          641.0,
          994.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.5"
        }
       },
       {
        "box": {
         "id": "obj-79",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          938.0,
          874.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-80",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          984.0,
          914.0,
          47,
          22.0
         ],
         "text": "sel 6"
        }
       },
       {
        "box": {
         "id": "obj-81",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          826.0,
          954.0,
          172,
          22.0
         ],
         "text": "bgcolor 0.9 0.48 0.1 1.0"
        }
       },
       {
        "box": {
         "id": "obj-82",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          852.0,
          994.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.6"
        }
       },
       {
        "box": {
         "id": "obj-83",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1014.0,
          954.0,
          179,
          22.0
         ],
         "text": "bgcolor 0.2 0.22 0.26 1.0"
        }
       },
       {
        "box": {
         "id": "obj-84",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          1044.0,
          994.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.6"
        }
       },
       {
        "box": {
         "id": "obj-85",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          132.0,
          1052.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-86",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          178.0,
          1092.0,
          47,
          22.0
         ],
         "text": "sel 7"
        }
       },
       {
        "box": {
         "id": "obj-87",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          20.0,
          1132.0,
          172,
          22.0
         ],
         "text": "bgcolor 0.9 0.48 0.1 1.0"
        }
       },
       {
        "box": {
         "id": "obj-88",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          46.0,
          1172.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.7"
        }
       },
       {
        "box": {
         "id": "obj-89",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          208.0,
          1132.0,
          179,
          22.0
         ],
         "text": "bgcolor 0.2 0.22 0.26 1.0"
        }
       },
       {
        "box": {
         "id": "obj-90",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          238.0,
          1172.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.7"
        }
       },
       {
        "box": {
         "id": "obj-91",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          535.0,
          1052.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-92",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          581.0,
          1092.0,
          47,
          22.0
         ],
         "text": "sel 8"
        }
       },
       {
        "box": {
         "id": "obj-93",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          423.0,
          1132.0,
          172,
          22.0
         ],
         "text": "bgcolor 0.9 0.48 0.1 1.0"
        }
       },
       {
        "box": {
         "id": "obj-94",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          449.0,
          1172.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.8"
        }
       },
       {
        "box": {
         "id": "obj-95",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          611.0,
          1132.0,
          179,
          22.0
         ],
         "text": "bgcolor 0.2 0.22 0.26 1.0"
        }
       },
       {
        "box": {
         "id": "obj-96",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          641.0,
          1172.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.8"
        }
       },
       {
        "box": {
         "id": "obj-97",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          938.0,
          1052.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-98",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          984.0,
          1092.0,
          47,
          22.0
         ],
         "text": "sel 9"
        }
       },
       {
        "box": {
         "id": "obj-99",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          826.0,
          1132.0,
          172,
          22.0
         ],
         "text": "bgcolor 0.9 0.48 0.1 1.0"
        }
       },
       {
        "box": {
         "id": "obj-100",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          852.0,
          1172.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.9"
        }
       },
       {
        "box": {
         "id": "obj-101",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1014.0,
          1132.0,
          179,
          22.0
         ],
         "text": "bgcolor 0.2 0.22 0.26 1.0"
        }
       },
       {
        "box": {
         "id": "obj-102",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          1044.0,
          1172.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.9"
        }
       },
       {
        "box": {
         "id": "obj-103",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          132.0,
          1230.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-104",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          175.0,
          1270.0,
          54,
          22.0
         ],
         "text": "sel 10"
        }
       },
       {
        "box": {
         "id": "obj-105",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          20.0,
          1310.0,
          172,
          22.0
         ],
         "text": "bgcolor 0.9 0.48 0.1 1.0"
        }
       },
       {
        "box": {
         "id": "obj-106",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          43.0,
          1350.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.10"
        }
       },
       {
        "box": {
         "id": "obj-107",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          208.0,
          1310.0,
          179,
          22.0
         ],
         "text": "bgcolor 0.2 0.22 0.26 1.0"
        }
       },
       {
        "box": {
         "id": "obj-108",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          234.0,
          1350.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.10"
        }
       },
       {
        "box": {
         "id": "obj-109",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          535.0,
          1230.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-110",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          578.0,
          1270.0,
          54,
          22.0
         ],
         "text": "sel 11"
        }
       },
       {
        "box": {
         "id": "obj-111",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          423.0,
          1310.0,
          172,
          22.0
         ],
         "text": "bgcolor 0.9 0.48 0.1 1.0"
        }
       },
       {
        "box": {
         "id": "obj-112",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          446.0,
          1350.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.11"
        }
       },
       {
        "box": {
         "id": "obj-113",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          611.0,
          1310.0,
          179,
          22.0
         ],
         "text": "bgcolor 0.2 0.22 0.26 1.0"
        }
       },
       {
        "box": {
         "id": "obj-114",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          637.0,
          1350.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.11"
        }
       },
       {
        "box": {
         "id": "obj-115",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          938.0,
          1230.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-116",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          981.0,
          1270.0,
          54,
          22.0
         ],
         "text": "sel 12"
        }
       },
       {
        "box": {
         "id": "obj-117",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          826.0,
          1310.0,
          172,
          22.0
         ],
         "text": "bgcolor 0.9 0.48 0.1 1.0"
        }
       },
       {
        "box": {
         "id": "obj-118",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          849.0,
          1350.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.12"
        }
       },
       {
        "box": {
         "id": "obj-119",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1014.0,
          1310.0,
          179,
          22.0
         ],
         "text": "bgcolor 0.2 0.22 0.26 1.0"
        }
       },
       {
        "box": {
         "id": "obj-120",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          1040.0,
          1350.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.12"
        }
       },
       {
        "box": {
         "id": "obj-121",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          132.0,
          1408.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-122",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          175.0,
          1448.0,
          54,
          22.0
         ],
         "text": "sel 13"
        }
       },
       {
        "box": {
         "id": "obj-123",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          20.0,
          1488.0,
          172,
          22.0
         ],
         "text": "bgcolor 0.9 0.48 0.1 1.0"
        }
       },
       {
        "box": {
         "id": "obj-124",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          43.0,
          1528.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.13"
        }
       },
       {
        "box": {
         "id": "obj-125",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          208.0,
          1488.0,
          179,
          22.0
         ],
         "text": "bgcolor 0.2 0.22 0.26 1.0"
        }
       },
       {
        "box": {
         "id": "obj-126",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          234.0,
          1528.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.13"
        }
       },
       {
        "box": {
         "id": "obj-127",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          535.0,
          1408.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-128",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          578.0,
          1448.0,
          54,
          22.0
         ],
         "text": "sel 14"
        }
       },
       {
        "box": {
         "id": "obj-129",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          423.0,
          1488.0,
          172,
          22.0
         ],
         "text": "bgcolor 0.9 0.48 0.1 1.0"
        }
       },
       {
        "box": {
         "id": "obj-130",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          446.0,
          1528.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.14"
        }
       },
       {
        "box": {
         "id": "obj-131",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          611.0,
          1488.0,
          179,
          22.0
         ],
         "text": "bgcolor 0.2 0.22 0.26 1.0"
        }
       },
       {
        "box": {
         "id": "obj-132",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          637.0,
          1528.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.14"
        }
       },
       {
        "box": {
         "id": "obj-133",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          938.0,
          1408.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-134",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          981.0,
          1448.0,
          54,
          22.0
         ],
         "text": "sel 15"
        }
       },
       {
        "box": {
         "id": "obj-135",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          826.0,
          1488.0,
          172,
          22.0
         ],
         "text": "bgcolor 0.9 0.48 0.1 1.0"
        }
       },
       {
        "box": {
         "id": "obj-136",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          849.0,
          1528.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.15"
        }
       },
       {
        "box": {
         "id": "obj-137",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1014.0,
          1488.0,
          179,
          22.0
         ],
         "text": "bgcolor 0.2 0.22 0.26 1.0"
        }
       },
       {
        "box": {
         "id": "obj-138",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          1040.0,
          1528.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.15"
        }
       },
       {
        "box": {
         "id": "obj-139",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          132.0,
          1586.0,
          139,
          22.0
         ],
         "text": "r driftkit.selected"
        }
       },
       {
        "box": {
         "id": "obj-140",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "bang",
          ""
         ],
         "patching_rect": [
          175.0,
          1626.0,
          54,
          22.0
         ],
         "text": "sel 16"
        }
       },
       {
        "box": {
         "id": "obj-141",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          20.0,
          1666.0,
          172,
          22.0
         ],
         "text": "bgcolor 0.9 0.48 0.1 1.0"
        }
       },
       {
        "box": {
         "id": "obj-142",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          43.0,
          1706.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.16"
        }
       },
       {
        "box": {
         "id": "obj-143",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          208.0,
          1666.0,
          179,
          22.0
         ],
         "text": "bgcolor 0.2 0.22 0.26 1.0"
        }
       },
       {
        "box": {
         "id": "obj-144",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          234.0,
          1706.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.16"
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-1",
          0
         ],
         "destination": [
          "obj-2",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          1
         ],
         "destination": [
          "obj-3",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-5",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-5",
          0
         ],
         "destination": [
          "obj-6",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-7",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          0
         ],
         "destination": [
          "obj-9",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-9",
          0
         ],
         "destination": [
          "obj-10",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-10",
          0
         ],
         "destination": [
          "obj-11",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          3
         ],
         "destination": [
          "obj-12",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          2
         ],
         "destination": [
          "obj-13",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-13",
          0
         ],
         "destination": [
          "obj-5",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          0
         ],
         "destination": [
          "obj-14",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-14",
          0
         ],
         "destination": [
          "obj-15",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          0
         ],
         "destination": [
          "obj-17",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-17",
          1
         ],
         "destination": [
          "obj-18",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-18",
          0
         ],
         "destination": [
          "obj-19",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-19",
          0
         ],
         "destination": [
          "obj-20",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-20",
          0
         ],
         "destination": [
          "obj-21",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-17",
          0
         ],
         "destination": [
          "obj-22",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-22",
          1
         ],
         "destination": [
          "obj-21",
          1
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-22",
          0
         ],
         "destination": [
          "obj-23",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-23",
          0
         ],
         "destination": [
          "obj-21",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-21",
          0
         ],
         "destination": [
          "obj-24",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          0
         ],
         "destination": [
          "obj-25",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-26",
          0
         ],
         "destination": [
          "obj-27",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-27",
          0
         ],
         "destination": [
          "obj-28",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-28",
          0
         ],
         "destination": [
          "obj-29",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-29",
          0
         ],
         "destination": [
          "obj-30",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          1
         ],
         "destination": [
          "obj-28",
          1
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-31",
          0
         ],
         "destination": [
          "obj-32",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-32",
          0
         ],
         "destination": [
          "obj-33",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-33",
          0
         ],
         "destination": [
          "obj-34",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-34",
          0
         ],
         "destination": [
          "obj-35",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-36",
          0
         ],
         "destination": [
          "obj-33",
          1
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-32",
          1
         ],
         "destination": [
          "obj-37",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-37",
          0
         ],
         "destination": [
          "obj-38",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-38",
          0
         ],
         "destination": [
          "obj-39",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-40",
          0
         ],
         "destination": [
          "obj-37",
          1
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-32",
          2
         ],
         "destination": [
          "obj-41",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-41",
          0
         ],
         "destination": [
          "obj-42",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-42",
          0
         ],
         "destination": [
          "obj-43",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-44",
          0
         ],
         "destination": [
          "obj-41",
          1
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-32",
          3
         ],
         "destination": [
          "obj-45",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-45",
          0
         ],
         "destination": [
          "obj-46",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-46",
          0
         ],
         "destination": [
          "obj-47",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-48",
          0
         ],
         "destination": [
          "obj-45",
          1
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-49",
          0
         ],
         "destination": [
          "obj-50",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-50",
          0
         ],
         "destination": [
          "obj-51",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-51",
          0
         ],
         "destination": [
          "obj-52",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-50",
          1
         ],
         "destination": [
          "obj-53",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          0
         ],
         "destination": [
          "obj-54",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-55",
          0
         ],
         "destination": [
          "obj-56",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-56",
          0
         ],
         "destination": [
          "obj-57",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-57",
          0
         ],
         "destination": [
          "obj-58",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-56",
          1
         ],
         "destination": [
          "obj-59",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-59",
          0
         ],
         "destination": [
          "obj-60",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-61",
          0
         ],
         "destination": [
          "obj-62",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-62",
          0
         ],
         "destination": [
          "obj-63",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-63",
          0
         ],
         "destination": [
          "obj-64",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-62",
          1
         ],
         "destination": [
          "obj-65",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-65",
          0
         ],
         "destination": [
          "obj-66",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-67",
          0
         ],
         "destination": [
          "obj-68",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-68",
          0
         ],
         "destination": [
          "obj-69",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-69",
          0
         ],
         "destination": [
          "obj-70",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-68",
          1
         ],
         "destination": [
          "obj-71",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-71",
          0
         ],
         "destination": [
          "obj-72",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-73",
          0
         ],
         "destination": [
          "obj-74",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-74",
          0
         ],
         "destination": [
          "obj-75",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-75",
          0
         ],
         "destination": [
          "obj-76",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-74",
          1
         ],
         "destination": [
          "obj-77",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-77",
          0
         ],
         "destination": [
          "obj-78",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-79",
          0
         ],
         "destination": [
          "obj-80",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-80",
          0
         ],
         "destination": [
          "obj-81",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-81",
          0
         ],
         "destination": [
          "obj-82",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-80",
          1
         ],
         "destination": [
          "obj-83",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-83",
          0
         ],
         "destination": [
          "obj-84",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-85",
          0
         ],
         "destination": [
          "obj-86",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-86",
          0
         ],
         "destination": [
          "obj-87",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-87",
          0
         ],
         "destination": [
          "obj-88",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-86",
          1
         ],
         "destination": [
          "obj-89",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-89",
          0
         ],
         "destination": [
          "obj-90",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-91",
          0
         ],
         "destination": [
          "obj-92",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-92",
          0
         ],
         "destination": [
          "obj-93",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-93",
          0
         ],
         "destination": [
          "obj-94",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-92",
          1
         ],
         "destination": [
          "obj-95",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-95",
          0
         ],
         "destination": [
          "obj-96",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-97",
          0
         ],
         "destination": [
          "obj-98",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-98",
          0
         ],
         "destination": [
          "obj-99",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-99",
          0
         ],
         "destination": [
          "obj-100",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-98",
          1
         ],
         "destination": [
          "obj-101",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-101",
          0
         ],
         "destination": [
          "obj-102",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-103",
          0
         ],
         "destination": [
          "obj-104",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-104",
          0
         ],
         "destination": [
          "obj-105",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-105",
          0
         ],
         "destination": [
          "obj-106",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-104",
          1
         ],
         "destination": [
          "obj-107",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-107",
          0
         ],
         "destination": [
          "obj-108",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-109",
          0
         ],
         "destination": [
          "obj-110",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-110",
          0
         ],
         "destination": [
          "obj-111",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-111",
          0
         ],
         "destination": [
          "obj-112",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-110",
          1
         ],
         "destination": [
          "obj-113",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-113",
          0
         ],
         "destination": [
          "obj-114",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-115",
          0
         ],
         "destination": [
          "obj-116",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-116",
          0
         ],
         "destination": [
          "obj-117",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-117",
          0
         ],
         "destination": [
          "obj-118",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-116",
          1
         ],
         "destination": [
          "obj-119",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-119",
          0
         ],
         "destination": [
          "obj-120",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-121",
          0
         ],
         "destination": [
          "obj-122",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-122",
          0
         ],
         "destination": [
          "obj-123",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-123",
          0
         ],
         "destination": [
          "obj-124",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-122",
          1
         ],
         "destination": [
          "obj-125",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-125",
          0
         ],
         "destination": [
          "obj-126",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-127",
          0
         ],
         "destination": [
          "obj-128",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-128",
          0
         ],
         "destination": [
          "obj-129",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-129",
          0
         ],
         "destination": [
          "obj-130",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-128",
          1
         ],
         "destination": [
          "obj-131",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-131",
          0
         ],
         "destination": [
          "obj-132",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-133",
          0
         ],
         "destination": [
          "obj-134",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-134",
          0
         ],
         "destination": [
          "obj-135",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-135",
          0
         ],
         "destination": [
          "obj-136",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-134",
          1
         ],
         "destination": [
          "obj-137",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-137",
          0
         ],
         "destination": [
          "obj-138",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-139",
          0
         ],
         "destination": [
          "obj-140",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-140",
          0
         ],
         "destination": [
          "obj-141",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-141",
          0
         ],
         "destination": [
          "obj-142",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-140",
          1
         ],
         "destination": [
          "obj-143",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-143",
          0
         ],
         "destination": [
          "obj-144",
          0
         ]
        }
       }
      ]
     }
    }
   },
   {
    "box": {
     "id": "obj-399",
     "maxclass": "newobj",
     "numinlets": 0,
     "numoutlets": 0,
     "outlettype": [],
     "patching_rect": [
      474.0,
      2564.0,
      67,
      22.0
     ],
     "text": "p sounds",
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 6,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       80.0,
       640,
       480
      ],
      "default_fontsize": 12.0,
      "default_fontname": "Arial",
      "gridsize": [
       10.0,
       10.0
      ],
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          122.0,
          20.0,
          120,
          22.0
         ],
         "text": "r driftkit.sound"
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          142.0,
          60.0,
          80,
          22.0
         ],
         "text": "zl slice 1"
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 6,
         "outlettype": [
          "int",
          "",
          "int",
          "float",
          "",
          "float"
         ],
         "patching_rect": [
          116.0,
          100.0,
          133,
          22.0
         ],
         "text": "unpack i s i f s f"
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "newobj",
         "numinlets": 5,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          20.0,
          140.0,
          324,
          22.0
         ],
         "text": "sprintf set pad %ld  %s %.2f  seed %ld  %.0f ms"
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          126.0,
          180.0,
          113,
          22.0
         ],
         "text": "s driftkit.told"
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 0,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          2257.0,
          238.0,
          113,
          22.0
         ],
         "text": "r driftkit.slot"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "newobj",
         "numinlets": 17,
         "numoutlets": 17,
         "outlettype": [
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          ""
         ],
         "patching_rect": [
          2162.0,
          278.0,
          304,
          22.0
         ],
         "text": "route 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16"
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          118.0,
          318.0,
          80,
          22.0
         ],
         "text": "unpack s s"
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          30.0,
          358.0,
          113,
          22.0
         ],
         "text": "prepend replace"
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "float",
          "bang"
         ],
         "patching_rect": [
          20.0,
          398.0,
          133,
          22.0
         ],
         "text": "buffer~ driftkit.1"
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          182.0,
          358.0,
          93,
          22.0
         ],
         "text": "prepend text"
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          169.0,
          398.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.1"
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          403.0,
          318.0,
          80,
          22.0
         ],
         "text": "unpack s s"
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          315.0,
          358.0,
          113,
          22.0
         ],
         "text": "prepend replace"
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "float",
          "bang"
         ],
         "patching_rect": [
          305.0,
          398.0,
          133,
          22.0
         ],
         "text": "buffer~ driftkit.2"
        }
       },
       {
        "box": {
         "id": "obj-16",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          468.0,
          358.0,
          93,
          22.0
         ],
         "text": "prepend text"
        }
       },
       {
        "box": {
         "id": "obj-17",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          454.0,
          398.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.2"
        }
       },
       {
        "box": {
         "id": "obj-18",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          688.0,
          318.0,
          80,
          22.0
         ],
         "text": "unpack s s"
        }
       },
       {
        "box": {
         "id": "obj-19",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          600.0,
          358.0,
          113,
          22.0
         ],
         "text": "prepend replace"
        }
       },
       {
        "box": {
         "id": "obj-20",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "float",
          "bang"
         ],
         "patching_rect": [
          590.0,
          398.0,
          133,
          22.0
         ],
         "text": "buffer~ driftkit.3"
        }
       },
       {
        "box": {
         "id": "obj-21",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          752.0,
          358.0,
          93,
          22.0
         ],
         "text": "prepend text"
        }
       },
       {
        "box": {
         "id": "obj-22",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          739.0,
          398.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.3"
        }
       },
       {
        "box": {
         "id": "obj-23",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          973.0,
          318.0,
          80,
          22.0
         ],
         "text": "unpack s s"
        }
       },
       {
        "box": {
         "id": "obj-24",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          885.0,
          358.0,
          113,
          22.0
         ],
         "text": "prepend replace"
        }
       },
       {
        "box": {
         "id": "obj-25",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "float",
          "bang"
         ],
         "patching_rect": [
          875.0,
          398.0,
          133,
          22.0
         ],
         "text": "buffer~ driftkit.4"
        }
       },
       {
        "box": {
         "id": "obj-26",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1038.0,
          358.0,
          93,
          22.0
         ],
         "text": "prepend text"
        }
       },
       {
        "box": {
         "id": "obj-27",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          1024.0,
          398.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.4"
        }
       },
       {
        "box": {
         "id": "obj-28",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          1258.0,
          318.0,
          80,
          22.0
         ],
         "text": "unpack s s"
        }
       },
       {
        "box": {
         "id": "obj-29",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1170.0,
          358.0,
          113,
          22.0
         ],
         "text": "prepend replace"
        }
       },
       {
        "box": {
         "id": "obj-30",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "float",
          "bang"
         ],
         "patching_rect": [
          1160.0,
          398.0,
          133,
          22.0
         ],
         "text": "buffer~ driftkit.5"
        }
       },
       {
        "box": {
         "id": "obj-31",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1322.0,
          358.0,
          93,
          22.0
         ],
         "text": "prepend text"
        }
       },
       {
        "box": {
         "id": "obj-32",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          1309.0,
          398.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.5"
        }
       },
       {
        "box": {
         "id": "obj-33",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          1543.0,
          318.0,
          80,
          22.0
         ],
         "text": "unpack s s"
        }
       },
       {
        "box": {
         "id": "obj-34",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1455.0,
          358.0,
          113,
          22.0
         ],
         "text": "prepend replace"
        }
       },
       {
        "box": {
         "id": "obj-35",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "float",
          "bang"
         ],
         "patching_rect": [
          1445.0,
          398.0,
          133,
          22.0
         ],
         "text": "buffer~ driftkit.6"
        }
       },
       {
        "box": {
         "id": "obj-36",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1608.0,
          358.0,
          93,
          22.0
         ],
         "text": "prepend text"
        }
       },
       {
        "box": {
         "id": "obj-37",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          1594.0,
          398.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.6"
        }
       },
       {
        "box": {
         "id": "obj-38",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          1828.0,
          318.0,
          80,
          22.0
         ],
         "text": "unpack s s"
        }
       },
       {
        "box": {
         "id": "obj-39",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1740.0,
          358.0,
          113,
          22.0
         ],
         "text": "prepend replace"
        }
       },
       {
        "box": {
         "id": "obj-40",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "float",
          "bang"
         ],
         "patching_rect": [
          1730.0,
          398.0,
          133,
          22.0
         ],
         "text": "buffer~ driftkit.7"
        }
       },
       {
        "box": {
         "id": "obj-41",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          1892.0,
          358.0,
          93,
          22.0
         ],
         "text": "prepend text"
        }
       },
       {
        "box": {
         "id": "obj-42",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          1879.0,
          398.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.7"
        }
       },
       {
        "box": {
         "id": "obj-43",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          2113.0,
          318.0,
          80,
          22.0
         ],
         "text": "unpack s s"
        }
       },
       {
        "box": {
         "id": "obj-44",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          2025.0,
          358.0,
          113,
          22.0
         ],
         "text": "prepend replace"
        }
       },
       {
        "box": {
         "id": "obj-45",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "float",
          "bang"
         ],
         "patching_rect": [
          2015.0,
          398.0,
          133,
          22.0
         ],
         "text": "buffer~ driftkit.8"
        }
       },
       {
        "box": {
         "id": "obj-46",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          2178.0,
          358.0,
          93,
          22.0
         ],
         "text": "prepend text"
        }
       },
       {
        "box": {
         "id": "obj-47",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          2164.0,
          398.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.8"
        }
       },
       {
        "box": {
         "id": "obj-48",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          2398.0,
          318.0,
          80,
          22.0
         ],
         "text": "unpack s s"
        }
       },
       {
        "box": {
         "id": "obj-49",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          2310.0,
          358.0,
          113,
          22.0
         ],
         "text": "prepend replace"
        }
       },
       {
        "box": {
         "id": "obj-50",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "float",
          "bang"
         ],
         "patching_rect": [
          2300.0,
          398.0,
          133,
          22.0
         ],
         "text": "buffer~ driftkit.9"
        }
       },
       {
        "box": {
         "id": "obj-51",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          2462.0,
          358.0,
          93,
          22.0
         ],
         "text": "prepend text"
        }
       },
       {
        "box": {
         "id": "obj-52",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          2449.0,
          398.0,
          120,
          22.0
         ],
         "text": "s driftkit.pad.9"
        }
       },
       {
        "box": {
         "id": "obj-53",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          2689.0,
          318.0,
          80,
          22.0
         ],
         "text": "unpack s s"
        }
       },
       {
        "box": {
         "id": "obj-54",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          2598.0,
          358.0,
          113,
          22.0
         ],
         "text": "prepend replace"
        }
       },
       {
        "box": {
         "id": "obj-55",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "float",
          "bang"
         ],
         "patching_rect": [
          2585.0,
          398.0,
          139,
          22.0
         ],
         "text": "buffer~ driftkit.10"
        }
       },
       {
        "box": {
         "id": "obj-56",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          2756.0,
          358.0,
          93,
          22.0
         ],
         "text": "prepend text"
        }
       },
       {
        "box": {
         "id": "obj-57",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          2740.0,
          398.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.10"
        }
       },
       {
        "box": {
         "id": "obj-58",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          2986.0,
          318.0,
          80,
          22.0
         ],
         "text": "unpack s s"
        }
       },
       {
        "box": {
         "id": "obj-59",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          2895.0,
          358.0,
          113,
          22.0
         ],
         "text": "prepend replace"
        }
       },
       {
        "box": {
         "id": "obj-60",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "float",
          "bang"
         ],
         "patching_rect": [
          2882.0,
          398.0,
          139,
          22.0
         ],
         "text": "buffer~ driftkit.11"
        }
       },
       {
        "box": {
         "id": "obj-61",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          3054.0,
          358.0,
          93,
          22.0
         ],
         "text": "prepend text"
        }
       },
       {
        "box": {
         "id": "obj-62",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          3037.0,
          398.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.11"
        }
       },
       {
        "box": {
         "id": "obj-63",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          3283.0,
          318.0,
          80,
          22.0
         ],
         "text": "unpack s s"
        }
       },
       {
        "box": {
         "id": "obj-64",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          3192.0,
          358.0,
          113,
          22.0
         ],
         "text": "prepend replace"
        }
       },
       {
        "box": {
         "id": "obj-65",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "float",
          "bang"
         ],
         "patching_rect": [
          3179.0,
          398.0,
          139,
          22.0
         ],
         "text": "buffer~ driftkit.12"
        }
       },
       {
        "box": {
         "id": "obj-66",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          3350.0,
          358.0,
          93,
          22.0
         ],
         "text": "prepend text"
        }
       },
       {
        "box": {
         "id": "obj-67",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          3334.0,
          398.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.12"
        }
       },
       {
        "box": {
         "id": "obj-68",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          3580.0,
          318.0,
          80,
          22.0
         ],
         "text": "unpack s s"
        }
       },
       {
        "box": {
         "id": "obj-69",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          3489.0,
          358.0,
          113,
          22.0
         ],
         "text": "prepend replace"
        }
       },
       {
        "box": {
         "id": "obj-70",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "float",
          "bang"
         ],
         "patching_rect": [
          3476.0,
          398.0,
          139,
          22.0
         ],
         "text": "buffer~ driftkit.13"
        }
       },
       {
        "box": {
         "id": "obj-71",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          3648.0,
          358.0,
          93,
          22.0
         ],
         "text": "prepend text"
        }
       },
       {
        "box": {
         "id": "obj-72",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          3631.0,
          398.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.13"
        }
       },
       {
        "box": {
         "id": "obj-73",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          3877.0,
          318.0,
          80,
          22.0
         ],
         "text": "unpack s s"
        }
       },
       {
        "box": {
         "id": "obj-74",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          3786.0,
          358.0,
          113,
          22.0
         ],
         "text": "prepend replace"
        }
       },
       {
        "box": {
         "id": "obj-75",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "float",
          "bang"
         ],
         "patching_rect": [
          3773.0,
          398.0,
          139,
          22.0
         ],
         "text": "buffer~ driftkit.14"
        }
       },
       {
        "box": {
         "id": "obj-76",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          3944.0,
          358.0,
          93,
          22.0
         ],
         "text": "prepend text"
        }
       },
       {
        "box": {
         "id": "obj-77",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          3928.0,
          398.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.14"
        }
       },
       {
        "box": {
         "id": "obj-78",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          4174.0,
          318.0,
          80,
          22.0
         ],
         "text": "unpack s s"
        }
       },
       {
        "box": {
         "id": "obj-79",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          4083.0,
          358.0,
          113,
          22.0
         ],
         "text": "prepend replace"
        }
       },
       {
        "box": {
         "id": "obj-80",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "float",
          "bang"
         ],
         "patching_rect": [
          4070.0,
          398.0,
          139,
          22.0
         ],
         "text": "buffer~ driftkit.15"
        }
       },
       {
        "box": {
         "id": "obj-81",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          4242.0,
          358.0,
          93,
          22.0
         ],
         "text": "prepend text"
        }
       },
       {
        "box": {
         "id": "obj-82",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          4225.0,
          398.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.15"
        }
       },
       {
        "box": {
         "id": "obj-83",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "",
          ""
         ],
         "patching_rect": [
          4471.0,
          318.0,
          80,
          22.0
         ],
         "text": "unpack s s"
        }
       },
       {
        "box": {
         "id": "obj-84",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          4380.0,
          358.0,
          113,
          22.0
         ],
         "text": "prepend replace"
        }
       },
       {
        "box": {
         "id": "obj-85",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 2,
         "outlettype": [
          "float",
          "bang"
         ],
         "patching_rect": [
          4367.0,
          398.0,
          139,
          22.0
         ],
         "text": "buffer~ driftkit.16"
        }
       },
       {
        "box": {
         "id": "obj-86",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "outlettype": [
          ""
         ],
         "patching_rect": [
          4538.0,
          358.0,
          93,
          22.0
         ],
         "text": "prepend text"
        }
       },
       {
        "box": {
         "id": "obj-87",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 0,
         "outlettype": [],
         "patching_rect": [
          4522.0,
          398.0,
          126,
          22.0
         ],
         "text": "s driftkit.pad.16"
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-1",
          0
         ],
         "destination": [
          "obj-2",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          1
         ],
         "destination": [
          "obj-3",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-4",
          0
         ],
         "destination": [
          "obj-5",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-3",
          4
         ],
         "destination": [
          "obj-4",
          1
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-3",
          5
         ],
         "destination": [
          "obj-4",
          2
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-3",
          2
         ],
         "destination": [
          "obj-4",
          3
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-3",
          3
         ],
         "destination": [
          "obj-4",
          4
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-7",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          0
         ],
         "destination": [
          "obj-8",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          0
         ],
         "destination": [
          "obj-9",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-9",
          0
         ],
         "destination": [
          "obj-10",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          1
         ],
         "destination": [
          "obj-11",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          0
         ],
         "destination": [
          "obj-12",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          1
         ],
         "destination": [
          "obj-13",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-13",
          0
         ],
         "destination": [
          "obj-14",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-14",
          0
         ],
         "destination": [
          "obj-15",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-13",
          1
         ],
         "destination": [
          "obj-16",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          0
         ],
         "destination": [
          "obj-17",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          2
         ],
         "destination": [
          "obj-18",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-18",
          0
         ],
         "destination": [
          "obj-19",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-19",
          0
         ],
         "destination": [
          "obj-20",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-18",
          1
         ],
         "destination": [
          "obj-21",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-21",
          0
         ],
         "destination": [
          "obj-22",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          3
         ],
         "destination": [
          "obj-23",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-23",
          0
         ],
         "destination": [
          "obj-24",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          0
         ],
         "destination": [
          "obj-25",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-23",
          1
         ],
         "destination": [
          "obj-26",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-26",
          0
         ],
         "destination": [
          "obj-27",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          4
         ],
         "destination": [
          "obj-28",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-28",
          0
         ],
         "destination": [
          "obj-29",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-29",
          0
         ],
         "destination": [
          "obj-30",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-28",
          1
         ],
         "destination": [
          "obj-31",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-31",
          0
         ],
         "destination": [
          "obj-32",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          5
         ],
         "destination": [
          "obj-33",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-33",
          0
         ],
         "destination": [
          "obj-34",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-34",
          0
         ],
         "destination": [
          "obj-35",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-33",
          1
         ],
         "destination": [
          "obj-36",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-36",
          0
         ],
         "destination": [
          "obj-37",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          6
         ],
         "destination": [
          "obj-38",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-38",
          0
         ],
         "destination": [
          "obj-39",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-39",
          0
         ],
         "destination": [
          "obj-40",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-38",
          1
         ],
         "destination": [
          "obj-41",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-41",
          0
         ],
         "destination": [
          "obj-42",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          7
         ],
         "destination": [
          "obj-43",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-43",
          0
         ],
         "destination": [
          "obj-44",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-44",
          0
         ],
         "destination": [
          "obj-45",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-43",
          1
         ],
         "destination": [
          "obj-46",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-46",
          0
         ],
         "destination": [
          "obj-47",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          8
         ],
         "destination": [
          "obj-48",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-48",
          0
         ],
         "destination": [
          "obj-49",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-49",
          0
         ],
         "destination": [
          "obj-50",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-48",
          1
         ],
         "destination": [
          "obj-51",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-51",
          0
         ],
         "destination": [
          "obj-52",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          9
         ],
         "destination": [
          "obj-53",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          0
         ],
         "destination": [
          "obj-54",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-54",
          0
         ],
         "destination": [
          "obj-55",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          1
         ],
         "destination": [
          "obj-56",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-56",
          0
         ],
         "destination": [
          "obj-57",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          10
         ],
         "destination": [
          "obj-58",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-58",
          0
         ],
         "destination": [
          "obj-59",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-59",
          0
         ],
         "destination": [
          "obj-60",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-58",
          1
         ],
         "destination": [
          "obj-61",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-61",
          0
         ],
         "destination": [
          "obj-62",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          11
         ],
         "destination": [
          "obj-63",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-63",
          0
         ],
         "destination": [
          "obj-64",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-64",
          0
         ],
         "destination": [
          "obj-65",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-63",
          1
         ],
         "destination": [
          "obj-66",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-66",
          0
         ],
         "destination": [
          "obj-67",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          12
         ],
         "destination": [
          "obj-68",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-68",
          0
         ],
         "destination": [
          "obj-69",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-69",
          0
         ],
         "destination": [
          "obj-70",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-68",
          1
         ],
         "destination": [
          "obj-71",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-71",
          0
         ],
         "destination": [
          "obj-72",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          13
         ],
         "destination": [
          "obj-73",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-73",
          0
         ],
         "destination": [
          "obj-74",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-74",
          0
         ],
         "destination": [
          "obj-75",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-73",
          1
         ],
         "destination": [
          "obj-76",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-76",
          0
         ],
         "destination": [
          "obj-77",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          14
         ],
         "destination": [
          "obj-78",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-78",
          0
         ],
         "destination": [
          "obj-79",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-79",
          0
         ],
         "destination": [
          "obj-80",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-78",
          1
         ],
         "destination": [
          "obj-81",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-81",
          0
         ],
         "destination": [
          "obj-82",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          15
         ],
         "destination": [
          "obj-83",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-83",
          0
         ],
         "destination": [
          "obj-84",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-84",
          0
         ],
         "destination": [
          "obj-85",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-83",
          1
         ],
         "destination": [
          "obj-86",
          0
         ]
        }
       },
       {
        "patchline": {
         "source": [
          "obj-86",
          0
         ],
         "destination": [
          "obj-87",
          0
         ]
        }
       }
      ]
     }
    }
   }
  ],
  "lines": [
   {
    "patchline": {
     "source": [
      "obj-7",
      0
     ],
     "destination": [
      "obj-5",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-8",
      0
     ],
     "destination": [
      "obj-9",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-9",
      0
     ],
     "destination": [
      "obj-10",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-10",
      0
     ],
     "destination": [
      "obj-6",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-11",
      0
     ],
     "destination": [
      "obj-12",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-12",
      0
     ],
     "destination": [
      "obj-13",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-13",
      0
     ],
     "destination": [
      "obj-6",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-14",
      0
     ],
     "destination": [
      "obj-15",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      1
     ],
     "destination": [
      "obj-16",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-16",
      0
     ],
     "destination": [
      "obj-6",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-17",
      1
     ],
     "destination": [
      "obj-18",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-18",
      0
     ],
     "destination": [
      "obj-19",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-19",
      0
     ],
     "destination": [
      "obj-20",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-21",
      0
     ],
     "destination": [
      "obj-22",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-22",
      0
     ],
     "destination": [
      "obj-23",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-23",
      0
     ],
     "destination": [
      "obj-24",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-24",
      0
     ],
     "destination": [
      "obj-17",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-25",
      0
     ],
     "destination": [
      "obj-26",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-26",
      2
     ],
     "destination": [
      "obj-27",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-27",
      0
     ],
     "destination": [
      "obj-28",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-28",
      0
     ],
     "destination": [
      "obj-29",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-29",
      0
     ],
     "destination": [
      "obj-17",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-26",
      1
     ],
     "destination": [
      "obj-30",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-30",
      2
     ],
     "destination": [
      "obj-31",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-31",
      0
     ],
     "destination": [
      "obj-17",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-26",
      0
     ],
     "destination": [
      "obj-23",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-32",
      0
     ],
     "destination": [
      "obj-33",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-33",
      0
     ],
     "destination": [
      "obj-34",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-35",
      0
     ],
     "destination": [
      "obj-36",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-36",
      0
     ],
     "destination": [
      "obj-37",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-39",
      0
     ],
     "destination": [
      "obj-40",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-40",
      0
     ],
     "destination": [
      "obj-41",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-41",
      0
     ],
     "destination": [
      "obj-42",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-45",
      0
     ],
     "destination": [
      "obj-43",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-43",
      0
     ],
     "destination": [
      "obj-46",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-46",
      0
     ],
     "destination": [
      "obj-47",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-44",
      0
     ],
     "destination": [
      "obj-48",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-48",
      0
     ],
     "destination": [
      "obj-49",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-52",
      0
     ],
     "destination": [
      "obj-50",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-50",
      0
     ],
     "destination": [
      "obj-53",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-53",
      0
     ],
     "destination": [
      "obj-54",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-51",
      0
     ],
     "destination": [
      "obj-55",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-55",
      0
     ],
     "destination": [
      "obj-56",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-59",
      0
     ],
     "destination": [
      "obj-57",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-57",
      0
     ],
     "destination": [
      "obj-60",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-60",
      0
     ],
     "destination": [
      "obj-61",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-58",
      0
     ],
     "destination": [
      "obj-62",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-62",
      0
     ],
     "destination": [
      "obj-63",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-66",
      0
     ],
     "destination": [
      "obj-64",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-64",
      0
     ],
     "destination": [
      "obj-67",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-67",
      0
     ],
     "destination": [
      "obj-68",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-65",
      0
     ],
     "destination": [
      "obj-69",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-69",
      0
     ],
     "destination": [
      "obj-70",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-73",
      0
     ],
     "destination": [
      "obj-71",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-71",
      0
     ],
     "destination": [
      "obj-74",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-74",
      0
     ],
     "destination": [
      "obj-75",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-72",
      0
     ],
     "destination": [
      "obj-76",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-76",
      0
     ],
     "destination": [
      "obj-77",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-80",
      0
     ],
     "destination": [
      "obj-78",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-78",
      0
     ],
     "destination": [
      "obj-81",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-81",
      0
     ],
     "destination": [
      "obj-82",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-79",
      0
     ],
     "destination": [
      "obj-83",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-83",
      0
     ],
     "destination": [
      "obj-84",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-87",
      0
     ],
     "destination": [
      "obj-85",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-85",
      0
     ],
     "destination": [
      "obj-88",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-88",
      0
     ],
     "destination": [
      "obj-89",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-86",
      0
     ],
     "destination": [
      "obj-90",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-90",
      0
     ],
     "destination": [
      "obj-91",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-94",
      0
     ],
     "destination": [
      "obj-92",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-92",
      0
     ],
     "destination": [
      "obj-95",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-95",
      0
     ],
     "destination": [
      "obj-96",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-93",
      0
     ],
     "destination": [
      "obj-97",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-97",
      0
     ],
     "destination": [
      "obj-98",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-101",
      0
     ],
     "destination": [
      "obj-99",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-99",
      0
     ],
     "destination": [
      "obj-102",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-102",
      0
     ],
     "destination": [
      "obj-103",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-100",
      0
     ],
     "destination": [
      "obj-104",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-104",
      0
     ],
     "destination": [
      "obj-105",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-108",
      0
     ],
     "destination": [
      "obj-106",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-106",
      0
     ],
     "destination": [
      "obj-109",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-109",
      0
     ],
     "destination": [
      "obj-110",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-107",
      0
     ],
     "destination": [
      "obj-111",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-111",
      0
     ],
     "destination": [
      "obj-112",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-115",
      0
     ],
     "destination": [
      "obj-113",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-113",
      0
     ],
     "destination": [
      "obj-116",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-116",
      0
     ],
     "destination": [
      "obj-117",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-114",
      0
     ],
     "destination": [
      "obj-118",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-118",
      0
     ],
     "destination": [
      "obj-119",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-122",
      0
     ],
     "destination": [
      "obj-120",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-120",
      0
     ],
     "destination": [
      "obj-123",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-123",
      0
     ],
     "destination": [
      "obj-124",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-121",
      0
     ],
     "destination": [
      "obj-125",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-125",
      0
     ],
     "destination": [
      "obj-126",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-129",
      0
     ],
     "destination": [
      "obj-127",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-127",
      0
     ],
     "destination": [
      "obj-130",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-130",
      0
     ],
     "destination": [
      "obj-131",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-128",
      0
     ],
     "destination": [
      "obj-132",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-132",
      0
     ],
     "destination": [
      "obj-133",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-136",
      0
     ],
     "destination": [
      "obj-134",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-134",
      0
     ],
     "destination": [
      "obj-137",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-137",
      0
     ],
     "destination": [
      "obj-138",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-135",
      0
     ],
     "destination": [
      "obj-139",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-139",
      0
     ],
     "destination": [
      "obj-140",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-143",
      0
     ],
     "destination": [
      "obj-141",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-141",
      0
     ],
     "destination": [
      "obj-144",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-144",
      0
     ],
     "destination": [
      "obj-145",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-142",
      0
     ],
     "destination": [
      "obj-146",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-146",
      0
     ],
     "destination": [
      "obj-147",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-150",
      0
     ],
     "destination": [
      "obj-148",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-148",
      0
     ],
     "destination": [
      "obj-151",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-151",
      0
     ],
     "destination": [
      "obj-152",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-149",
      0
     ],
     "destination": [
      "obj-153",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-153",
      0
     ],
     "destination": [
      "obj-154",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-156",
      0
     ],
     "destination": [
      "obj-157",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-157",
      0
     ],
     "destination": [
      "obj-155",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-159",
      0
     ],
     "destination": [
      "obj-158",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-160",
      0
     ],
     "destination": [
      "obj-161",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-161",
      0
     ],
     "destination": [
      "obj-162",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-163",
      0
     ],
     "destination": [
      "obj-164",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-164",
      0
     ],
     "destination": [
      "obj-165",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-166",
      0
     ],
     "destination": [
      "obj-167",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-167",
      0
     ],
     "destination": [
      "obj-168",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-169",
      0
     ],
     "destination": [
      "obj-170",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-170",
      0
     ],
     "destination": [
      "obj-171",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-175",
      0
     ],
     "destination": [
      "obj-174",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-174",
      0
     ],
     "destination": [
      "obj-176",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-176",
      0
     ],
     "destination": [
      "obj-177",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-177",
      0
     ],
     "destination": [
      "obj-172",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-180",
      0
     ],
     "destination": [
      "obj-179",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-179",
      0
     ],
     "destination": [
      "obj-181",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-181",
      0
     ],
     "destination": [
      "obj-172",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-184",
      0
     ],
     "destination": [
      "obj-183",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-183",
      0
     ],
     "destination": [
      "obj-185",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-185",
      0
     ],
     "destination": [
      "obj-172",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-189",
      0
     ],
     "destination": [
      "obj-188",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-188",
      1
     ],
     "destination": [
      "obj-190",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-190",
      0
     ],
     "destination": [
      "obj-191",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-193",
      0
     ],
     "destination": [
      "obj-192",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-192",
      0
     ],
     "destination": [
      "obj-194",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-194",
      0
     ],
     "destination": [
      "obj-195",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-197",
      0
     ],
     "destination": [
      "obj-196",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-196",
      0
     ],
     "destination": [
      "obj-198",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-198",
      0
     ],
     "destination": [
      "obj-199",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-201",
      0
     ],
     "destination": [
      "obj-200",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-200",
      0
     ],
     "destination": [
      "obj-202",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-202",
      0
     ],
     "destination": [
      "obj-203",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-205",
      0
     ],
     "destination": [
      "obj-204",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-204",
      0
     ],
     "destination": [
      "obj-206",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-206",
      0
     ],
     "destination": [
      "obj-207",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-209",
      0
     ],
     "destination": [
      "obj-208",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-208",
      0
     ],
     "destination": [
      "obj-210",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-210",
      0
     ],
     "destination": [
      "obj-211",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-213",
      0
     ],
     "destination": [
      "obj-212",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-212",
      0
     ],
     "destination": [
      "obj-214",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-214",
      0
     ],
     "destination": [
      "obj-215",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-217",
      0
     ],
     "destination": [
      "obj-216",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-216",
      0
     ],
     "destination": [
      "obj-218",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-218",
      0
     ],
     "destination": [
      "obj-219",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-221",
      0
     ],
     "destination": [
      "obj-220",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-220",
      0
     ],
     "destination": [
      "obj-222",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-222",
      0
     ],
     "destination": [
      "obj-223",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-225",
      0
     ],
     "destination": [
      "obj-224",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-224",
      0
     ],
     "destination": [
      "obj-226",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-226",
      0
     ],
     "destination": [
      "obj-227",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-229",
      0
     ],
     "destination": [
      "obj-228",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-228",
      0
     ],
     "destination": [
      "obj-230",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-230",
      0
     ],
     "destination": [
      "obj-231",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-233",
      0
     ],
     "destination": [
      "obj-232",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-232",
      0
     ],
     "destination": [
      "obj-234",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-234",
      0
     ],
     "destination": [
      "obj-235",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-237",
      0
     ],
     "destination": [
      "obj-236",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-236",
      0
     ],
     "destination": [
      "obj-238",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-238",
      0
     ],
     "destination": [
      "obj-239",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-241",
      0
     ],
     "destination": [
      "obj-240",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-240",
      0
     ],
     "destination": [
      "obj-242",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-242",
      0
     ],
     "destination": [
      "obj-243",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-246",
      0
     ],
     "destination": [
      "obj-245",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-245",
      0
     ],
     "destination": [
      "obj-247",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-247",
      0
     ],
     "destination": [
      "obj-248",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-251",
      0
     ],
     "destination": [
      "obj-250",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-250",
      1
     ],
     "destination": [
      "obj-252",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-252",
      0
     ],
     "destination": [
      "obj-253",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-255",
      0
     ],
     "destination": [
      "obj-254",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-254",
      0
     ],
     "destination": [
      "obj-256",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-256",
      0
     ],
     "destination": [
      "obj-257",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-259",
      0
     ],
     "destination": [
      "obj-258",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-258",
      0
     ],
     "destination": [
      "obj-260",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-260",
      0
     ],
     "destination": [
      "obj-261",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-263",
      0
     ],
     "destination": [
      "obj-262",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-262",
      0
     ],
     "destination": [
      "obj-264",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-264",
      0
     ],
     "destination": [
      "obj-265",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-268",
      0
     ],
     "destination": [
      "obj-267",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-267",
      1
     ],
     "destination": [
      "obj-269",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-269",
      0
     ],
     "destination": [
      "obj-270",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-272",
      0
     ],
     "destination": [
      "obj-271",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-271",
      0
     ],
     "destination": [
      "obj-273",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-273",
      0
     ],
     "destination": [
      "obj-274",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-276",
      0
     ],
     "destination": [
      "obj-275",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-275",
      0
     ],
     "destination": [
      "obj-277",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-277",
      0
     ],
     "destination": [
      "obj-278",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-280",
      0
     ],
     "destination": [
      "obj-279",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-279",
      0
     ],
     "destination": [
      "obj-281",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-281",
      0
     ],
     "destination": [
      "obj-282",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-284",
      0
     ],
     "destination": [
      "obj-283",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-283",
      0
     ],
     "destination": [
      "obj-285",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-285",
      0
     ],
     "destination": [
      "obj-286",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-286",
      0
     ],
     "destination": [
      "obj-287",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-289",
      0
     ],
     "destination": [
      "obj-288",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-288",
      0
     ],
     "destination": [
      "obj-290",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-290",
      0
     ],
     "destination": [
      "obj-291",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-294",
      0
     ],
     "destination": [
      "obj-293",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-293",
      1
     ],
     "destination": [
      "obj-295",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-295",
      0
     ],
     "destination": [
      "obj-296",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-299",
      0
     ],
     "destination": [
      "obj-298",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-298",
      1
     ],
     "destination": [
      "obj-300",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-300",
      0
     ],
     "destination": [
      "obj-301",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-304",
      0
     ],
     "destination": [
      "obj-303",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-303",
      1
     ],
     "destination": [
      "obj-305",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-305",
      0
     ],
     "destination": [
      "obj-306",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-309",
      0
     ],
     "destination": [
      "obj-308",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-308",
      0
     ],
     "destination": [
      "obj-310",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-310",
      0
     ],
     "destination": [
      "obj-311",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-314",
      0
     ],
     "destination": [
      "obj-313",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-313",
      0
     ],
     "destination": [
      "obj-315",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-315",
      0
     ],
     "destination": [
      "obj-316",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-316",
      0
     ],
     "destination": [
      "obj-317",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-319",
      0
     ],
     "destination": [
      "obj-320",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-320",
      0
     ],
     "destination": [
      "obj-321",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-321",
      0
     ],
     "destination": [
      "obj-322",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-325",
      0
     ],
     "destination": [
      "obj-324",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-324",
      0
     ],
     "destination": [
      "obj-326",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-326",
      0
     ],
     "destination": [
      "obj-327",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-327",
      0
     ],
     "destination": [
      "obj-328",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-330",
      0
     ],
     "destination": [
      "obj-331",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-331",
      0
     ],
     "destination": [
      "obj-332",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-332",
      0
     ],
     "destination": [
      "obj-333",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-336",
      0
     ],
     "destination": [
      "obj-335",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-335",
      0
     ],
     "destination": [
      "obj-337",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-337",
      0
     ],
     "destination": [
      "obj-338",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-340",
      0
     ],
     "destination": [
      "obj-339",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-339",
      0
     ],
     "destination": [
      "obj-341",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-341",
      0
     ],
     "destination": [
      "obj-342",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-344",
      0
     ],
     "destination": [
      "obj-343",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-343",
      0
     ],
     "destination": [
      "obj-345",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-345",
      0
     ],
     "destination": [
      "obj-346",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-348",
      0
     ],
     "destination": [
      "obj-347",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-347",
      0
     ],
     "destination": [
      "obj-349",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-349",
      0
     ],
     "destination": [
      "obj-350",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-352",
      0
     ],
     "destination": [
      "obj-351",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-351",
      0
     ],
     "destination": [
      "obj-353",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-353",
      0
     ],
     "destination": [
      "obj-354",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-357",
      0
     ],
     "destination": [
      "obj-356",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-356",
      1
     ],
     "destination": [
      "obj-358",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-358",
      0
     ],
     "destination": [
      "obj-359",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-362",
      0
     ],
     "destination": [
      "obj-361",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-361",
      0
     ],
     "destination": [
      "obj-363",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-363",
      0
     ],
     "destination": [
      "obj-364",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-367",
      0
     ],
     "destination": [
      "obj-366",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-366",
      0
     ],
     "destination": [
      "obj-368",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-368",
      0
     ],
     "destination": [
      "obj-369",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-369",
      0
     ],
     "destination": [
      "obj-370",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-372",
      0
     ],
     "destination": [
      "obj-371",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-371",
      0
     ],
     "destination": [
      "obj-373",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-373",
      0
     ],
     "destination": [
      "obj-374",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-377",
      0
     ],
     "destination": [
      "obj-376",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-376",
      0
     ],
     "destination": [
      "obj-378",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-378",
      0
     ],
     "destination": [
      "obj-379",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-382",
      0
     ],
     "destination": [
      "obj-381",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-381",
      1
     ],
     "destination": [
      "obj-383",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-383",
      0
     ],
     "destination": [
      "obj-384",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-387",
      0
     ],
     "destination": [
      "obj-386",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-386",
      0
     ],
     "destination": [
      "obj-388",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-388",
      0
     ],
     "destination": [
      "obj-389",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-389",
      0
     ],
     "destination": [
      "obj-390",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-392",
      0
     ],
     "destination": [
      "obj-391",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-391",
      0
     ],
     "destination": [
      "obj-393",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "obj-393",
      0
     ],
     "destination": [
      "obj-394",
      0
     ]
    }
   }
  ]
 }
}
